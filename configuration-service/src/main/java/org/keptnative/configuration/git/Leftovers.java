package org.keptnative.configuration.git;

import org.eclipse.jgit.util.FileUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Folders that are not finished yet, or not gone yet; and what a crash leaves of them. */
final class Leftovers {

    /** No project name starts with a dot. */
    private static final String PREFIX = ".unfinished-";

    private Leftovers() {}

    static Path newName(Path directory) {
        return directory.resolve(PREFIX + UUID.randomUUID());
    }

    static Path newFolder(Path directory) throws IOException {
        return Files.createDirectory(newName(directory));
    }

    static void delete(Path folder) throws IOException {
        FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
    }

    /** Finishes what a crash interrupted. Only the one process that owns the data directory may call this. */
    static void remove(Path directory) throws IOException {
        try (Stream<Path> folders = Files.list(directory)) {
            for (Path folder : folders.toList()) {
                if (folder.getFileName().toString().startsWith(PREFIX)) {
                    delete(folder);
                } else if (Files.isDirectory(folder)) {
                    removeLocks(folder);
                }
            }
        }
    }

    /** A process that was killed leaves its lock files, and temporary files of objects. */
    private static void removeLocks(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            List<Path> stale = files.filter(Files::isRegularFile)
                    .filter(file -> isStale(file.getFileName().toString()))
                    .toList();
            for (Path file : stale) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isStale(String file) {
        return file.endsWith(".lock") || file.startsWith("noz") && file.endsWith(".tmp");
    }
}
