package org.keptnative.configuration.resource;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.Snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Helm charts are sent as archives, and kept as folders so that Git shows what changes in them. */
final class HelmChart {

    /** @param path below the folder of the chart */
    record File(String path, byte[] content, boolean executable) {}

    private static final String SUFFIX = ".tgz";
    private static final int MAX_ENTRIES = 10_000;
    private static final Set<Byte> KINDS =
            Set.of(TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG, TarConstants.LF_DIR);
    private static final int PLAIN = 0644;
    private static final int EXECUTABLE = 0755;

    private HelmChart() {}

    /**
     * How many bytes a chart may have when unpacked: it is in memory as a whole. No constant, since the constants of an
     * executable are computed where it is built.
     */
    private static long maxBytes() {
        return Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);
    }

    static boolean isChart(Place place, String uri) {
        return place.service() != null
                && uri.endsWith(SUFFIX)
                && (place.project() + "/" + place.service() + "/" + uri).contains("helm");
    }

    static String folderOf(String uri) {
        return uri.substring(0, uri.length() - SUFFIX.length());
    }

    /** @throws ApiException 400, when it is no archive of one folder with files, or one that does harm */
    static List<File> unpack(byte[] archive) {
        List<File> files = new ArrayList<>();
        Set<String> folders = new HashSet<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new BoundedStream(
                new GzipCompressorInputStream(new ByteArrayInputStream(archive), true), maxBytes()))) {
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
            throw refuse(e.getMessage());
        }
        if (folders.size() != 1 || files.isEmpty()) {
            throw ApiException.badRequest(
                    "Unexpected amount of unpacked files: a chart is one folder with files, not " + folders.size());
        }
        return files;
    }

    /**
     * Packs a folder into an archive with its last name on top; the same files give the same archive.
     *
     * @throws ApiException 413, when the folder is larger than a chart may be
     */
    static byte[] pack(Snapshot branch, String folder) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        GzipParameters reproducible = new GzipParameters();
        reproducible.setModificationInstant(Instant.EPOCH);
        long bytes = 0;
        long maxBytes = maxBytes();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GzipCompressorOutputStream(archive, reproducible), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Snapshot.File file : branch.files(folder)) {
                ObjectLoader content = branch.open(file.entry());
                bytes += content.getSize();
                if (bytes > maxBytes) {
                    throw new ApiException(413, "the Helm chart has more than " + maxBytes + " bytes");
                }
                TarArchiveEntry entry =
                        new TarArchiveEntry(folder.substring(folder.lastIndexOf('/') + 1) + "/" + file.path());
                entry.setSize(content.getSize());
                entry.setMode(file.entry().mode() == FileMode.EXECUTABLE_FILE ? EXECUTABLE : PLAIN);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                content.copyTo(tar);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive.toByteArray();
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

    private static ApiException refuse(String reason) {
        return ApiException.badRequest("Could not unarchive Helm chart: " + reason);
    }

    /** Ends an archive that unfolds to more than fits into memory. */
    private static final class BoundedStream extends FilterInputStream {

        private final long limit;
        private long left;

        BoundedStream(InputStream in, long limit) {
            super(in);
            this.limit = limit;
            left = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            left -= Math.max(bytes, 0);
            if (left < 0) {
                throw new IOException("unpacked, it has more than " + limit + " bytes");
            }
        }
    }
}
