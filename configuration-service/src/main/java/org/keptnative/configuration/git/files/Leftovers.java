package org.keptnative.configuration.git.files;

import org.eclipse.jgit.util.FileUtils;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Folders that are not finished yet, or not gone yet; and what a crash leaves of them. */
final class Leftovers {

    /** No project name starts with a dot. */
    private static final String PREFIX = ".unfinished-";

    private static final String REFS = "refs";
    private static final String PACKS = "objects/pack";
    private static final List<String> WRITTEN = List.of("", "objects", "objects/info", PACKS);

    private static final Logger LOG = Logger.getLogger(Leftovers.class);

    private Leftovers() {}

    static Path newName(Path directory) {
        return directory.resolve(PREFIX + UUID.randomUUID());
    }

    /** A name for a file that gets its own when it is whole. */
    static Path newFile(Path folder, String kind) {
        return folder.resolve(UUID.randomUUID() + "." + kind + ".tmp");
    }

    static Path newFolder(Path directory) throws IOException {
        return Files.createDirectory(newName(directory));
    }

    static void delete(Path path) throws IOException {
        FileUtils.delete(path.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
    }

    /** The lock that one process holds on the data directory as long as it lives; null when another one has it. */
    static FileLock tryOwn(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // held elsewhere in this process
        }
        channel.close();
        LOG.warnf("event=data-directory-shared directory=%s", directory);
        return null;
    }

    static void disown(FileLock lock) throws IOException {
        if (lock != null) {
            lock.acquiredBy().close();
        }
    }

    /**
     * Finishes what a crash interrupted.
     *
     * @param owned whether no other process can be at work in the directory
     */
    static void remove(Path directory, boolean owned) throws IOException {
        for (Path folder : list(directory)) {
            if (Files.isDirectory(folder) && nameOf(folder).startsWith(PREFIX)) {
                if (owned) {
                    delete(folder);
                }
            } else if (Files.isDirectory(folder) && nameOf(folder).endsWith(FileStore.SUFFIX)) {
                removeLocks(folder, owned ? Duration.ZERO : Duration.ofMinutes(1));
                Path packs = folder.resolve(PACKS);
                if (Files.isDirectory(packs)) {
                    PackFiles.deleteMerged(packs, owned ? Duration.ZERO : Duration.ofHours(1));
                }
                List<Path> written = WRITTEN.stream().map(folder::resolve).toList();
                remove(written, owned ? Duration.ZERO : Duration.ofHours(1), Leftovers::isUnfinished);
            }
        }
    }

    /** Locks of refs, as a process that was killed leaves them. */
    static void removeLocks(Path repository, Duration minAge) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(repository));
        // The names of tags may have slashes.
        Files.walkFileTree(repository.resolve(REFS), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                folders.add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return goneMeanwhile(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : goneMeanwhile(failure);
            }
        });
        remove(folders, minAge, file -> nameOf(file).endsWith(".lock"));
    }

    /** Other writers and processes come and go. */
    private static FileVisitResult goneMeanwhile(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private static void remove(List<Path> folders, Duration minAge, Predicate<Path> leftover) throws IOException {
        for (Path folder : folders) {
            for (Path file : list(folder)) {
                if (leftover.test(file) && age(file).compareTo(minAge) >= 0) {
                    LOG.infof("event=leftover-removed file=%s", file);
                    delete(file);
                }
            }
        }
    }

    /** The lock of packing, what JGit and Git had begun to write, quarantines, packs without an index. */
    private static boolean isUnfinished(Path file) {
        String name = nameOf(file);
        return name.endsWith(".tmp")
                || name.equals("gc.pid")
                || name.startsWith(PREFIX)
                || name.matches("(incoming|gc|tmp|\\.tmp)[_-].*")
                || name.endsWith(".pack") && Files.notExists(PackFiles.indexOf(file));
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }

    static Duration age(Path file) throws IOException {
        try {
            return Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
        } catch (NoSuchFileException e) {
            return Duration.ZERO; // gone meanwhile
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
