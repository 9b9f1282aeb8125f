package org.keptnative.configuration.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A file per project that nobody but the service can read. */
final class FileCredentialStore implements CredentialStore {

    private static final String SUFFIX = ".upstream.json";

    private final Path directory;

    FileCredentialStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<Upstream> find(String project) {
        try {
            return Optional.of(UpstreamJson.read(Files.readAllBytes(file(project))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(String project, Upstream upstream) {
        Path unfinished = directory.resolve("." + project + SUFFIX);
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(unfinished);
            try (FileChannel channel = (FileChannel) Files.newByteChannel(
                    unfinished,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(ByteBuffer.wrap(UpstreamJson.write(upstream)));
                channel.force(true);
            }
            Files.move(unfinished, file(project), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel channel = FileChannel.open(directory)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String project) {
        try {
            Files.deleteIfExists(file(project));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String project) {
        return directory.resolve(project + SUFFIX);
    }
}
