package org.keptnative.configuration.git.files;

import org.keptnative.configuration.git.PackBytes;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** Writes packs so that a power failure leaves them whole or not there. */
final class PackFiles {

    private static final String MERGED = ".merged";

    private PackFiles() {}

    /** @return the pack; its index lies beside it */
    static Path write(PackBytes pack, Path folder, Executor threads) throws IOException {
        Path content = folder.resolve("pack-" + pack.name() + ".pack");
        Path index = indexOf(content);
        ToDisk<Path> unfinishedIndex =
                ToDisk.start(threads, () -> write(folder, "idx", List.of(ByteBuffer.wrap(pack.index()))));
        Path unfinishedContent = write(folder, "pack", pack.pack());
        // The index makes a pack visible, so it comes last.
        Path finishedIndex = unfinishedIndex.await();
        Files.move(unfinishedContent, content, StandardCopyOption.ATOMIC_MOVE);
        Files.move(finishedIndex, index, StandardCopyOption.ATOMIC_MOVE);
        fsync(folder);
        return content;
    }

    static Path indexOf(Path pack) {
        return pack.resolveSibling(pack.getFileName().toString().replaceFirst("\\.pack$", ".idx"));
    }

    /** Says that another pack has all that is in this one, which only stays for those who read it. */
    static Path mergedMarkOf(Path pack) {
        return pack.resolveSibling(pack.getFileName().toString().replaceFirst("\\.pack$", MERGED));
    }

    /** Without its index a pack is no longer seen. */
    static void delete(Path pack) throws IOException {
        Files.deleteIfExists(indexOf(pack));
        Files.deleteIfExists(pack);
        Files.deleteIfExists(mergedMarkOf(pack));
    }

    /** Deletes packs that were merged so long ago. */
    static void deleteMerged(Path folder, Duration minAge) throws IOException {
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(folder, "*" + MERGED)) {
            for (Path mark : marks) {
                if (Leftovers.age(mark).compareTo(minAge) >= 0) {
                    delete(mark.resolveSibling(mark.getFileName().toString().replaceFirst(MERGED + "$", ".pack")));
                }
            }
        }
    }

    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    static void write(Path file, Writing writing) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile());
                OutputStream buffer = new BufferedOutputStream(out)) {
            writing.to(buffer);
            buffer.flush();
            out.getChannel().force(false);
        }
    }

    /** What is in a folder is durable only once the folder is. */
    static void fsync(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (FileChannel channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        }
    }

    private static Path write(Path folder, String kind, List<ByteBuffer> content) throws IOException {
        Path file = Leftovers.newFile(folder, kind);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer[] pieces = content.toArray(ByteBuffer[]::new);
            for (long rest = content.stream().mapToLong(ByteBuffer::remaining).sum(); rest > 0; ) {
                rest -= channel.write(pieces);
            }
            channel.force(false);
        }
        return file;
    }
}
