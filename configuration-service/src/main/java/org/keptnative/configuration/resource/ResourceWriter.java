package org.keptnative.configuration.resource;

import jakarta.inject.Singleton;
import org.keptnative.configuration.encoding.Base64Text;
import org.keptnative.configuration.git.Blob;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.git.TreeEdit;

import java.util.ArrayList;
import java.util.List;

import static org.keptnative.configuration.error.ApiException.badRequest;
import static org.keptnative.configuration.error.ApiException.notFound;

/** Writes the files of a project, a stage or a service; each call is one commit. */
@Singleton
class ResourceWriter {

    private record NewFile(String uri, Blob blob) {}

    private final ProjectStore projects;

    ResourceWriter(ProjectStore projects) {
        this.projects = projects;
    }

    Version putAll(Place place, List<ResourceRequest> resources, String message) {
        GitProject project = project(place);
        List<NewFile> files = new ArrayList<>();
        for (ResourceRequest resource : resources == null ? List.<ResourceRequest>of() : resources) {
            if (resource == null) {
                throw badRequest("resources must not contain null");
            }
            files.add(new NewFile(ResourceUri.ofBody(resource.resourceURI()), blob(project, resource)));
        }
        return write(project, place, files, message);
    }

    Version put(Place place, String encodedUri, ResourceRequest resource) {
        String uri = ResourceUri.ofPath(encodedUri);
        ResourceUri.ofBody(resource.resourceURI());
        GitProject project = project(place);
        return write(project, place, List.of(new NewFile(uri, blob(project, resource))), "Updated resource: " + uri);
    }

    void delete(Place place, String encodedUri) {
        String uri = ResourceUri.ofPath(encodedUri);
        project(place).write(draft -> {
            Snapshot branch = branch(draft, place);
            branch.find(place.pathOf(uri))
                    .filter(Snapshot.Entry::isFile)
                    .orElseThrow(() -> notFound(place.level() + " resource not found"));
            return draft.commit(branch.branch(), new TreeEdit().remove(place.pathOf(uri)), "Deleted resources");
        });
    }

    private Version write(GitProject project, Place place, List<NewFile> files, String message) {
        return project.write(draft -> {
            Snapshot branch = branch(draft, place);
            TreeEdit edit = new TreeEdit();
            files.forEach(file -> edit.put(place.pathOf(file.uri()), draft.add(file.blob())));
            return new Version(draft.commit(branch.branch(), edit, message));
        });
    }

    private GitProject project(Place place) {
        return projects.find(place.project())
                .orElseThrow(() -> badRequest(
                        place.service() == null
                                ? "Project does not exist"
                                : "Project " + place.project() + " does not exist"));
    }

    private static Snapshot branch(Draft draft, Place place) {
        if (place.stage() == null) {
            return draft.master();
        }
        Snapshot stage = draft.stage(place.stage())
                .orElseThrow(() -> badRequest(
                        place.service() == null
                                ? "Stage does not exist"
                                : "Stage " + place.stage() + " does not exist within project " + place.project()));
        if (place.service() != null && !stage.hasService(place.service())) {
            throw badRequest("Service " + place.service() + " does not exist within stage " + place.stage()
                    + " of project " + place.project());
        }
        return stage;
    }

    private static Blob blob(GitProject project, ResourceRequest resource) {
        String content = resource.resourceContent();
        return project.blob(content == null ? new byte[0] : Base64Text.decode("resourceContent", content));
    }
}
