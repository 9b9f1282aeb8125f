package org.keptnative.configuration.resource;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.CommitPage;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.git.Snapshot.Entry;
import org.keptnative.configuration.paging.Page;
import org.keptnative.configuration.upstream.Upstreams;

import java.util.List;
import java.util.Optional;

import static org.keptnative.configuration.error.ApiException.badRequest;
import static org.keptnative.configuration.error.ApiException.notFound;

/** Reads the files of a project, a stage or a service. */
@Singleton
class ResourceReader {

    private final ProjectStore projects;
    private final Upstreams upstreams;

    ResourceReader(ProjectStore projects, Upstreams upstreams) {
        this.projects = projects;
        this.upstreams = upstreams;
    }

    Tagged<Resource> get(Place place, String encodedUri, ReadOptions options) {
        return find(place, encodedUri, options)
                .orElseThrow(() -> HelmChart.isChart(
                                place, ResourceUri.candidates(encodedUri).get(0))
                        ? badRequest("Could archive the Helm chart directory: there is none")
                        : notFound(place.level() + " resource not found"));
    }

    Optional<Tagged<Resource>> find(Place place, String encodedUri, ReadOptions options) {
        List<String> candidates = ResourceUri.candidates(encodedUri);
        Snapshot branch = branch(place, options);
        return candidates.stream()
                .flatMap(uri -> content(branch, place, uri).stream())
                .findFirst()
                .map(file -> new Tagged<>(
                        () -> new Resource(ResourceUri.echo(encodedUri), file.body(), metadata(place, branch)),
                        file.tag()));
    }

    Tagged<Resources> list(Place place, Page page, ReadOptions options) {
        Snapshot branch = projects.find(place.project())
                .flatMap(project -> branch(project, place, options))
                .filter(found -> place.service() == null || found.hasService(place.service()))
                .orElseThrow(() -> notFound(place.level() + " does not exist"));
        String folder = place.service() == null ? "" : place.service();
        return new Tagged<>(
                () -> Resources.of(
                        page.of(branch.count(folder), (from, to) -> branch.files(folder, from, to - from))
                                .map(file -> new Resource("/" + file.path(), null, null)),
                        metadata(place, branch)),
                branch.version());
    }

    ResourceHistory history(Place place, String encodedUri, Page page, String key, ReadOptions options) {
        List<String> candidates = ResourceUri.candidates(encodedUri);
        Snapshot branch = branch(place, options);
        GitProject project = projects.get(place.project());
        for (String uri : candidates) {
            String path = place.pathOf(HelmChart.isChart(place, uri) ? HelmChart.folderOf(uri) : uri);
            CommitPage changes = project.history(branch, path, key, page.size());
            if (!changes.commits().isEmpty() || !changes.rest().isEmpty()) {
                return ResourceHistory.of(changes, page.size(), metadata(place, branch));
            }
        }
        throw notFound(place.level() + " resource not found");
    }

    private Optional<Tagged<FileContent>> content(Snapshot branch, Place place, String uri) {
        Optional<Entry> file = branch.find(place.pathOf(uri)).filter(Entry::isFile);
        if (file.isPresent()) {
            Entry entry = file.get();
            return Optional.of(new Tagged<>(
                    () -> FileContent.of(branch.open(entry)), entry.id().name()));
        }
        if (!HelmChart.isChart(place, uri)) {
            return Optional.empty();
        }
        String folder = place.pathOf(HelmChart.folderOf(uri));
        return branch.find(folder)
                .filter(Entry::isFolder)
                .map(chart -> new Tagged<>(
                        () -> FileContent.of(out -> HelmChart.pack(branch, folder, out)),
                        chart.id().name()));
    }

    private Snapshot branch(Place place, ReadOptions options) {
        Snapshot branch = branch(projects.get(place.project()), place, options)
                .orElseThrow(() -> notFound(place.stage() == null ? "Project not found" : "Stage not found"));
        if (place.service() != null && !branch.hasService(place.service())) {
            throw notFound("Service not found");
        }
        return branch;
    }

    private Optional<Snapshot> branch(GitProject project, Place place, ReadOptions options) {
        if (options.sync()) {
            upstreams.refresh(project);
        }
        Optional<Snapshot> head = place.stage() == null ? project.master() : project.stage(place.stage());
        return options.commit() == null
                ? head
                : head.map(branch -> project.at(branch, options.commit())
                        .orElseThrow(() ->
                                notFound("branch " + place.branch() + " was never at commit " + options.commit())));
    }

    private ResourceMetadata metadata(Place place, Snapshot branch) {
        String upstream = upstreams.remoteURI(projects.get(place.project())).orElse(null);
        return new ResourceMetadata(branch.branch(), branch.version(), upstream);
    }
}
