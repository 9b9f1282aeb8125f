package org.keptnative.configuration.resource;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.keptnative.configuration.admission.MemoryBudget.Share;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.Snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Helm charts are sent as archives, and kept as folders so that Git shows what changes in them. */
final class HelmChart {

    /** @param path below the folder of the chart */
    record File(String path, byte[] content, boolean executable) {}

    private static final String SUFFIX = ".tgz";
    private static final Pattern CHART = Pattern.compile("helm/[^/]+\\.tgz");
    private static final int MAX_ENTRIES = 10_000;
    private static final Set<Byte> KINDS =
            Set.of(TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG, TarConstants.LF_DIR);
    private static final int PLAIN = 0644;
    private static final int EXECUTABLE = 0755;

    private HelmChart() {}

    /** A chart is what lies at {@code helm/<name>.tgz} of a service; any other archive is a file. */
    static boolean isChart(Place place, String uri) {
        return place.service() != null && CHART.matcher(uri).matches();
    }

    static String folderOf(String uri) {
        return uri.substring(0, uri.length() - SUFFIX.length());
    }

    /**
     * @param unpacked grows with what the archive unfolds to
     * @throws ApiException 400, when it is no archive of one folder with files, or one that does harm
     */
    static List<File> unpack(byte[] archive, Share unpacked) {
        List<File> files = new ArrayList<>();
        Set<String> folders = new HashSet<>();
        // The JDK's reader, since that of commons-compress refuses the free text that Helm writes into the header.
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new UnpackedStream(new GZIPInputStream(new ByteArrayInputStream(archive)), unpacked))) {
            int entries = 0;
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                if (++entries > MAX_ENTRIES) {
                    throw refuse("it has more than " + MAX_ENTRIES + " entries");
                }
                if (!KINDS.contains(entry.getLinkFlag())) {
                    throw refuse("it contains something else than files and folders: " + entry.getName());
                }
                String path = path(entry);
                int slash = path.indexOf('/');
                folders.add(slash < 0 ? path : path.substring(0, slash));
                if (!entry.isDirectory()) {
                    if (slash < 0) {
                        throw ApiException.badRequest("Unexpected amount of unpacked files: a file beside the folder");
                    }
                    files.add(new File(path.substring(slash + 1), tar.readAllBytes(), (entry.getMode() & 0100) != 0));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refuse("it is no whole tar archive in gzip form");
        }
        if (folders.size() != 1 || files.isEmpty()) {
            throw ApiException.badRequest(
                    "Unexpected amount of unpacked files: a chart is one folder with files, not " + folders.size());
        }
        return files;
    }

    /** Packs a folder into an archive with its last name on top; the same files give the same archive. */
    static void pack(Snapshot branch, String folder, OutputStream archive) throws IOException {
        GzipParameters reproducible = new GzipParameters();
        reproducible.setModificationInstant(Instant.EPOCH);
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GzipCompressorOutputStream(archive, reproducible), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Snapshot.File file : branch.files(folder)) {
                ObjectLoader content = branch.open(file.entry());
                TarArchiveEntry entry =
                        new TarArchiveEntry(folder.substring(folder.lastIndexOf('/') + 1) + "/" + file.path());
                entry.setSize(content.getSize());
                entry.setMode(file.entry().mode() == FileMode.EXECUTABLE_FILE ? EXECUTABLE : PLAIN);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                content.copyTo(tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private static String path(TarArchiveEntry entry) {
        String name = entry.getName();
        if (name.startsWith("/")) {
            throw refuse("it contains an absolute path: " + name);
        }
        String relative = name.startsWith("./") ? name.substring(2) : name;
        try {
            return ResourceUri.ofBody(entry.isDirectory() ? relative.replaceFirst("/+$", "") : relative);
        } catch (ApiException e) {
            throw refuse("it contains " + name + ", and " + e.getMessage());
        }
    }

    static ApiException refuse(String reason) {
        return ApiException.badRequest("Could not unarchive Helm chart: " + reason);
    }
}
