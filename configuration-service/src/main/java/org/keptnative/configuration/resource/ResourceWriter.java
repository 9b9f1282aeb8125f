package org.keptnative.configuration.resource;

import jakarta.inject.Singleton;
import org.keptnative.configuration.admission.MemoryBudget;
import org.keptnative.configuration.admission.MemoryBudget.Share;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.MetadataRules;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.git.TreeEdit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.keptnative.configuration.error.ApiException.badRequest;
import static org.keptnative.configuration.error.ApiException.notFound;

/** Writes the files of a project, a stage or a service; each call is one commit. */
@Singleton
class ResourceWriter {

    private final ProjectStore projects;
    private final MemoryBudget memory;

    ResourceWriter(ProjectStore projects, MemoryBudget memory) {
        this.projects = projects;
        this.memory = memory;
    }

    Tagged<Version> putAll(Place place, ResourceListRequest request, String message, Preconditions conditions) {
        GitProject project = project(place);
        try (Share unpacked = memory.share()) {
            List<NewFile> files = NewFile.ofList(project, place, request, unpacked);
            return project.write(draft -> {
                Snapshot branch = branch(draft, place);
                conditions.check(Optional.of(branch.version()));
                TreeEdit edit = new TreeEdit();
                files.forEach(file -> file.addTo(edit, draft, place));
                String version = draft.commit(branch.branch(), edit, message);
                check(project, draft, branch, files.stream().map(file -> place.pathOf(file.uri())));
                return new Tagged<>(() -> new Version(version), version);
            });
        }
    }

    Tagged<Version> put(Place place, String encodedUri, ResourceRequest request, Preconditions conditions) {
        String uri = ResourceUri.ofPath(encodedUri);
        GitProject project = project(place);
        NewFile file = NewFile.of(project, uri, request);
        return project.write(draft -> {
            Snapshot branch = branch(draft, place);
            conditions.check(tag(branch, place.pathOf(uri)));
            TreeEdit edit = new TreeEdit();
            file.addTo(edit, draft, place);
            String version = draft.commit(branch.branch(), edit, "Updated resource: " + uri);
            check(project, draft, branch, Stream.of(place.pathOf(uri)));
            return new Tagged<>(() -> new Version(version), file.blob().id().name());
        });
    }

    void delete(Place place, String encodedUri, Preconditions conditions) {
        List<String> uris = ResourceUri.literal(encodedUri);
        GitProject project = project(place);
        project.write(draft -> {
            Snapshot branch = branch(draft, place);
            String path = place.find(branch, uris).orElseThrow(() -> notFound(place.level() + " resource not found"));
            conditions.check(tag(branch, path));
            String version = draft.commit(branch.branch(), new TreeEdit().remove(path), "Deleted resources");
            check(project, draft, branch, Stream.of(path));
            return version;
        });
    }

    /** The files that say what there is stay good ones. */
    private static void check(GitProject project, Draft draft, Snapshot before, Stream<String> written) {
        if (written.anyMatch(MetadataRules::govern)) {
            Snapshot after = draft.branch(before.branch()).orElseThrow();
            new MetadataRules(project, draft.repository(), before, after).check();
        }
    }

    private static Optional<String> tag(Snapshot branch, String path) {
        return branch.find(path).map(entry -> entry.id().name());
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
}
