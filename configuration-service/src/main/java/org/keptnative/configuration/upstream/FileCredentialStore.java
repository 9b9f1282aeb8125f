package org.keptnative.configuration.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file for each that nobody but the service can read. */
final class FileCredentialStore implements CredentialStore {

    private static final String SUFFIX = ".upstream.json";

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final boolean shared;

    /** @param shared whether others may keep theirs there */
    FileCredentialStore(Path directory, boolean shared) {
        this.directory = directory;
        this.shared = shared;
    }

    @Override
    public Optional<Upstream> find(String key) {
        try {
            return UpstreamJson.read(Files.readAllBytes(file(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(String key, Upstream upstream) {
        try {
            Files.createDirectories(directory);
            // Of a name of its own, since the folder may be shared.
            Path unfinished = Files.createTempFile(directory, ".", SUFFIX, PRIVATE);
            try {
                write(unfinished, UpstreamJson.write(upstream));
                Files.move(unfinished, file(key), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            try (FileChannel channel = FileChannel.open(directory)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What never got its name has a dot in front. */
    @Override
    public List<String> savedBefore(Instant time) {
        List<String> keys = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if ((!shared || name.startsWith("."))
                        && Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                    keys.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        } catch (NoSuchFileException e) {
            // nothing was ever saved, or somebody else is at work
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
    }

    private Path file(String key) {
        return directory.resolve(key + SUFFIX);
    }
}
