package org.keptnative.configuration;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.eclipse.jgit.util.FileUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * A database of its own for the tests, on the server of {@code MONGODB_CONNECTION_STRING}, else in this process; and a
 * data directory of its own, deep inside a temporary one, so that a path that escapes it does no harm and is seen.
 */
public class MongoTestResource implements QuarkusTestResourceLifecycleManager {

    private MongoServer embedded;
    private Path temporary;

    @Override
    public Map<String, String> start() {
        String server = System.getenv("MONGODB_CONNECTION_STRING");
        if (server == null) {
            embedded = new MongoServer(new MemoryBackend());
            server = embedded.bindAndGetConnectionString();
        }
        String data = newDataDirectory().toString();
        return Map.of(
                "quarkus.mongodb.connection-string",
                server,
                "quarkus.mongodb.database",
                "test-" + UUID.randomUUID(),
                "database.timeout",
                "60S", // a busy machine is no failure
                "configuration.transport.access",
                "write",
                "configuration.data-dir",
                data,
                "configuration.upstream.credentials-dir",
                data);
    }

    private Path newDataDirectory() {
        try {
            // What must be durable waits for the disk; what a test throws away need not.
            Path memory = Path.of("/dev/shm");
            Path parent = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
            temporary = Files.createTempDirectory(parent, "configuration-service");
            return temporary.resolve("some/levels/deep/config");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (embedded != null) {
            embedded.shutdownNow();
        }
        try {
            FileUtils.delete(temporary.toFile(), FileUtils.RECURSIVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
