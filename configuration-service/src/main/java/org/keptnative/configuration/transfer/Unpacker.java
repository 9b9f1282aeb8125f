package org.keptnative.configuration.transfer;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.keptnative.configuration.error.ApiException;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks tar archives of anybody's making into a folder: nothing is written outside of it, no link is made or followed,
 * and no more is written than there may be. The work trees of projects may hold links, which are left out: Git has them.
 */
final class Unpacker {

    private static final int MAX_ENTRIES = 5_000_000;
    private static final int MAX_PATH = 4096;
    private static final int GZIP = 0x1f8b;
    private static final String GIT = ".git";
    private static final Set<Byte> FILES =
            Set.of(TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG);

    private final Path folder;
    private final long maxBytes;
    private long bytes;
    private int entries;

    Unpacker(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** @throws ApiException 400 or 413, when it is no archive, or one that does harm */
    void unpack(InputStream archive) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(inflated(archive), "UTF-8")) {
            for (TarArchiveEntry entry; (entry = next(tar)) != null; ) {
                if (++entries > MAX_ENTRIES) {
                    throw new ApiException(413, "the archive has more than " + MAX_ENTRIES + " entries");
                }
                unpack(tar, entry);
            }
        }
    }

    private static InputStream inflated(InputStream archive) throws IOException {
        InputStream buffered = new BufferedInputStream(archive, 64 * 1024);
        buffered.mark(2);
        int beginning = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return beginning == GZIP ? new GZIPInputStream(buffered, 64 * 1024) : buffered;
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar) {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw ApiException.badRequest("the archive is no whole tar archive");
        }
    }

    private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        List<String> path = path(entry);
        if (entry.isDirectory() || path.isEmpty()) {
            return; // made as soon as there is a file in it
        }
        if (!FILES.contains(entry.getLinkFlag())) {
            if (path.size() > 1 && !path.contains(GIT) && entry.isSymbolicLink()) {
                return;
            }
            throw ApiException.badRequest(
                    "the archive holds something else than files and folders: " + entry.getName());
        }
        if (entry.getSize() > maxBytes - bytes) {
            throw new ApiException(413, "the archive unfolds to more than " + maxBytes + " bytes");
        }
        bytes += entry.getSize();
        Path file = folder.resolve(String.join("/", path));
        try {
            Files.createDirectories(file.getParent());
        } catch (FileAlreadyExistsException e) {
            throw twice(entry);
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            copy(tar, out);
        } catch (FileAlreadyExistsException e) {
            throw twice(entry);
        } catch (FileNotFoundException e) {
            throw ApiException.badRequest("the archive holds a name that no file can have: " + entry.getName());
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = read(in, buffer)) >= 0; ) {
            out.write(buffer, 0, count);
        }
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw ApiException.badRequest("the archive ends in the middle, or is damaged");
        }
    }

    /** The names on the way to it. */
    private static List<String> path(TarArchiveEntry entry) {
        String name = entry.getName();
        List<String> path = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..") || part.indexOf('\0') >= 0) {
                throw ApiException.badRequest("the archive leads out of its folder: " + name);
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path.add(part);
            }
        }
        if (name.startsWith("/") || name.length() > MAX_PATH) {
            throw ApiException.badRequest("the archive leads out of its folder: " + name);
        }
        return path;
    }

    private static ApiException twice(TarArchiveEntry entry) {
        return ApiException.badRequest(
                "the archive holds a file twice, or a file that is a folder too: " + entry.getName());
    }
}
