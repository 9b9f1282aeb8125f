package org.keptnative.configuration.resource;

import org.eclipse.jgit.lib.FileMode;
import org.keptnative.configuration.admission.MemoryBudget.Share;
import org.keptnative.configuration.git.Blob;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.TreeEdit;

import java.util.ArrayList;
import java.util.List;

import static org.keptnative.configuration.error.ApiException.badRequest;

/**
 * A file of a request, checked and decoded.
 *
 * @param uri below its project, stage or service
 * @param blob the content; null for a chart
 * @param chart the files of a Helm chart, which become a folder instead of the archive; null for any other file
 */
record NewFile(String uri, Blob blob, List<ChartFile> chart) {

    /** @param path below the folder of the chart */
    record ChartFile(String path, Blob blob, FileMode mode) {}

    static NewFile of(GitProject project, String uri, ResourceRequest request) {
        ResourceUri.ofBody(request.resourceURI());
        return new NewFile(uri, project.blob(content(request)), null);
    }

    /** @param unpacked grows with the charts, and has to be kept as long as what is returned here */
    static List<NewFile> ofList(GitProject project, Place place, ResourceListRequest request, Share unpacked) {
        List<NewFile> files = new ArrayList<>();
        for (ResourceRequest file : request.files()) {
            if (file == null) {
                throw badRequest("resources must not contain null");
            }
            String uri = ResourceUri.ofBody(file.resourceURI());
            files.add(
                    HelmChart.isChart(place, uri)
                            ? new NewFile(uri, null, chart(project, content(file), unpacked))
                            : of(project, uri, file));
        }
        return files;
    }

    void addTo(TreeEdit edit, Draft draft, Place place) {
        if (chart == null) {
            edit.put(place.pathOf(uri), draft.add(blob));
            return;
        }
        String folder = place.pathOf(HelmChart.folderOf(uri));
        edit.remove(place.pathOf(uri)).remove(folder);
        chart.forEach(file -> edit.put(folder + "/" + file.path(), draft.add(file.blob()), file.mode()));
    }

    private static List<ChartFile> chart(GitProject project, byte[] archive, Share unpacked) {
        return HelmChart.unpack(archive, unpacked).stream()
                .map(file -> new ChartFile(
                        file.path(),
                        project.blob(file.content()),
                        file.executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE))
                .toList();
    }

    private static byte[] content(ResourceRequest request) {
        return request.resourceContent() == null
                ? new byte[0]
                : request.resourceContent().bytes("resourceContent of " + request.resourceURI());
    }
}
