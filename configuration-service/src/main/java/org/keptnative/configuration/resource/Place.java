package org.keptnative.configuration.resource;

import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.git.Snapshot.Entry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where resources are: a project, a stage of it, or a service of a stage.
 *
 * @param stage null on the level of the project
 * @param service null on the levels of the project and of the stage
 */
record Place(String project, String stage, String service) {

    String branch() {
        return stage == null ? Names.MASTER : stage;
    }

    /** How error messages call it. */
    String level() {
        return service != null ? "Service" : stage != null ? "Stage" : "Project";
    }

    /** The path in the branch. */
    String pathOf(String uri) {
        return service == null ? uri : service + "/" + uri;
    }

    /** The path of the file that is meant, or of the folder into which a chart was unpacked; the first that there is. */
    Optional<String> find(Snapshot branch, List<String> uris) {
        return uris.stream()
                .flatMap(uri -> HelmChart.isChart(this, uri)
                        ? Stream.of(file(branch, uri), folder(branch, HelmChart.folderOf(uri)))
                        : Stream.of(file(branch, uri)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> file(Snapshot branch, String uri) {
        return Optional.of(pathOf(uri))
                .filter(path -> branch.find(path).filter(Entry::isFile).isPresent());
    }

    private Optional<String> folder(Snapshot branch, String uri) {
        return Optional.of(pathOf(uri))
                .filter(path -> branch.find(path).filter(Entry::isFolder).isPresent());
    }
}
