package org.keptnative.configuration.resource;

import jakarta.inject.Singleton;
import org.eclipse.jgit.lib.ObjectLoader;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.paging.Page;

import java.util.List;
import java.util.Optional;

import static org.keptnative.configuration.error.ApiException.notFound;

/** Reads the files of a project, a stage or a service. */
@Singleton
class ResourceReader {

    /** A file with its entity tag, which changes with its content only. */
    record Found<T>(T body, String tag) {}

    private final ProjectStore projects;

    ResourceReader(ProjectStore projects) {
        this.projects = projects;
    }

    /** @param commit which state of the branch to read, in 40 hexadecimal digits; null for the present one */
    Found<Resource> get(Place place, String encodedUri, String commit) {
        List<String> candidates = ResourceUri.candidates(encodedUri);
        GitProject project = projects.get(place.project());
        Snapshot branch = branch(project, place, commit)
                .orElseThrow(() -> notFound(place.stage() == null ? "Project not found" : "Stage not found"));
        if (place.service() != null && !branch.hasService(place.service())) {
            throw notFound("Service not found");
        }
        for (String uri : candidates) {
            Optional<Snapshot.Entry> entry = branch.find(place.pathOf(uri)).filter(Snapshot.Entry::isFile);
            if (entry.isPresent()) {
                ObjectLoader file = branch.open(entry.get());
                Content content = file.getSize() == 0 ? null : new Content(file.getSize(), file::openStream);
                return new Found<>(
                        new Resource(ResourceUri.echo(encodedUri), content, metadata(branch)),
                        entry.get().id().name());
            }
        }
        throw notFound(place.level() + " resource not found");
    }

    Found<Resources> list(Place place, Page page, String commit) {
        Snapshot branch = projects.find(place.project())
                .flatMap(project -> branch(project, place, commit))
                .filter(found -> place.service() == null || found.hasService(place.service()))
                .orElseThrow(() -> notFound(place.level() + " does not exist"));
        List<Snapshot.File> files = branch.files(place.service() == null ? "" : place.service());
        return new Found<>(
                Resources.of(page.of(files).map(file -> new Resource("/" + file.path(), null, null)), metadata(branch)),
                branch.version());
    }

    private static Optional<Snapshot> branch(GitProject project, Place place, String commit) {
        Optional<Snapshot> head = place.stage() == null ? project.master() : project.stage(place.stage());
        return commit == null || commit.isEmpty()
                ? head
                : head.map(branch -> project.at(branch, commit).orElseThrow(() -> noCommit(place, commit)));
    }

    private static ApiException noCommit(Place place, String commit) {
        return notFound("branch " + place.branch() + " was never at commit " + commit);
    }

    private static ResourceMetadata metadata(Snapshot branch) {
        return new ResourceMetadata(branch.branch(), branch.version(), null);
    }
}
