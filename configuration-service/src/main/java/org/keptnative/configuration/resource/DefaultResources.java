package org.keptnative.configuration.resource;

import jakarta.inject.Singleton;
import org.keptnative.configuration.admission.MemoryBudget;
import org.keptnative.configuration.admission.MemoryBudget.Share;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Metadata;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.git.TreeEdit;
import org.keptnative.configuration.paging.Page;

import java.util.ArrayList;
import java.util.HashSet;
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
    private final MemoryBudget memory;

    DefaultResources(ProjectStore projects, ResourceReader reader, MemoryBudget memory) {
        this.projects = projects;
        this.reader = reader;
        this.memory = memory;
    }

    Resources list(String project, String service, Page page) {
        List<Snapshot> stages = stages(projects.get(project), service);
        List<Snapshot.File> common = new ArrayList<>(stages.get(0).files(service));
        stages.forEach(stage -> common.retainAll(new HashSet<>(stage.files(service))));
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

    /** An archive is a file here: what is written for several stages is no chart of one. */
    void putAll(String project, String service, ResourceListRequest request, String message) {
        GitProject repository = projects.get(project);
        try (Share none = memory.share()) {
            write(repository, service, NewFile.ofList(repository, defaults(project), request, none), message);
        }
    }

    void put(String project, String service, String encodedUri, ResourceRequest request) {
        GitProject repository = projects.get(project);
        String uri = ResourceUri.ofPath(encodedUri);
        NewFile file = NewFile.of(repository, uri, request);
        write(repository, service, List.of(file), "Updated resource: " + uri);
    }

    private static Place defaults(String project) {
        return new Place(project, null, null);
    }

    /** From every stage that has it. */
    void delete(String project, String service, String encodedUri) {
        List<String> uris = ResourceUri.literal(encodedUri);
        if (uris.contains(Metadata.FILE)) {
            throw badRequest(Metadata.FILE + " says that the service exists");
        }
        projects.get(project).write(draft -> {
            boolean found = false;
            for (Snapshot stage : stages(draft, service)) {
                Optional<String> path = new Place(project, stage.branch(), service).find(stage, uris);
                path.ifPresent(
                        present -> draft.commit(stage.branch(), new TreeEdit().remove(present), "Deleted resources"));
                found |= path.isPresent();
            }
            if (!found) {
                throw notFound("Service resource not found");
            }
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
