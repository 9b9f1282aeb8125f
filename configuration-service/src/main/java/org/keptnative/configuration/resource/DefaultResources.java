package org.keptnative.configuration.resource;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Metadata;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.git.TreeEdit;
import org.keptnative.configuration.paging.Page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.keptnative.configuration.error.ApiException.badRequest;
import static org.keptnative.configuration.error.ApiException.notFound;

/**
 * The default resources of a service: the files that it has, with the same content, in every stage.
 * A write reaches all stages or none.
 */
@Singleton
class DefaultResources {

    private final ProjectStore projects;
    private final ResourceReader reader;

    DefaultResources(ProjectStore projects, ResourceReader reader) {
        this.projects = projects;
        this.reader = reader;
    }

    Resources list(String project, String service, Page page) {
        List<Snapshot> stages = stages(projects.get(project), service);
        List<Snapshot.File> common = new ArrayList<>(stages.get(0).files(service));
        stages.forEach(stage -> common.retainAll(stage.files(service)));
        return Resources.of(page.of(common).map(file -> new Resource("/" + file.path(), null, null)), null);
    }

    /** As the first stage has it. */
    Tagged<Resource> get(String project, String service, String encodedUri) {
        List<Snapshot> stages = stages(projects.get(project), service);
        ReadOptions options = new ReadOptions(null, false);
        List<Tagged<Resource>> found = stages.stream()
                .map(stage -> reader.get(new Place(project, stage.branch(), service), encodedUri, options))
                .toList();
        if (found.stream().map(Tagged::tag).distinct().count() > 1) {
            throw notFound("Service resource not found: the stages differ");
        }
        return found.get(0);
    }

    void putAll(String project, String service, ResourceListRequest request, String message) {
        GitProject repository = projects.get(project);
        write(repository, service, NewFile.ofList(repository, new Place(project, null, null), request), message);
    }

    void put(String project, String service, String encodedUri, ResourceRequest request) {
        GitProject repository = projects.get(project);
        String uri = ResourceUri.ofPath(encodedUri);
        write(repository, service, List.of(NewFile.of(repository, uri, request)), "Updated resource: " + uri);
    }

    /** From every stage that has it. */
    void delete(String project, String service, String encodedUri) {
        String uri = ResourceUri.ofPath(encodedUri);
        if (uri.equals(Metadata.FILE)) {
            throw badRequest(Metadata.FILE + " says that the service exists");
        }
        projects.get(project).write(draft -> {
            List<Snapshot> having = stages(draft, service).stream()
                    .filter(stage -> stage.find(service + "/" + uri)
                            .filter(Snapshot.Entry::isFile)
                            .isPresent())
                    .toList();
            if (having.isEmpty()) {
                throw notFound("Service resource not found");
            }
            having.forEach(stage ->
                    draft.commit(stage.branch(), new TreeEdit().remove(service + "/" + uri), "Deleted resources"));
            return null;
        });
    }

    private static void write(GitProject project, String service, List<NewFile> files, String message) {
        project.write(draft -> {
            for (Snapshot stage : stages(draft, service)) {
                TreeEdit edit = new TreeEdit();
                Place place = new Place(project.name(), stage.branch(), service);
                files.forEach(file -> file.addTo(edit, draft, place));
                draft.commit(stage.branch(), edit, message);
            }
            return null;
        });
    }

    private static List<Snapshot> stages(Draft draft, String service) {
        return checked(draft.stages(), service);
    }

    private static List<Snapshot> stages(GitProject project, String service) {
        return checked(
                project.stages().stream()
                        .map(project::stage)
                        .flatMap(Optional::stream)
                        .toList(),
                service);
    }

    private static List<Snapshot> checked(List<Snapshot> stages, String service) {
        if (stages.isEmpty() || !stages.stream().allMatch(stage -> stage.hasService(service))) {
            throw notFound("Service does not exist");
        }
        return stages;
    }
}
