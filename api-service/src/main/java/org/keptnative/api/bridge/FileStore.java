package org.keptnative.api.bridge;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.keptnative.api.error.ApiException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner may read, for installations outside a cluster. */
class FileStore implements CredentialStore {

    private final Path file;
    private final ObjectMapper json;

    FileStore(Path file, ObjectMapper json) {
        this.file = file.toAbsolutePath();
        this.json = json;
    }

    @Override
    public Uni<Void> save(BridgeCredentials credentials) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> write(credentials));
    }

    @Override
    public Uni<BridgeCredentials> load() {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(nothing -> read());
    }

    /** Renamed into place, so that a reader finds the old credentials or the new ones. */
    private void write(BridgeCredentials credentials) {
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.createTempFile(
                    file.getParent(),
                    file.getFileName().toString(),
                    null,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(next, json.writeValueAsBytes(credentials));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BridgeCredentials read() {
        try {
            return json.readValue(Files.readAllBytes(file), BridgeCredentials.class);
        } catch (NoSuchFileException e) {
            throw ApiException.notFound("Could not read bridge credentials: none are configured");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
