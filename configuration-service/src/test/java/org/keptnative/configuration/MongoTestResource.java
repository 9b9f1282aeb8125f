package org.keptnative.configuration;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.Map;
import java.util.UUID;

/** A database of its own for the tests: on the server of {@code MONGODB_CONNECTION_STRING}, else in this process. */
public class MongoTestResource implements QuarkusTestResourceLifecycleManager {

    private MongoServer embedded;

    @Override
    public Map<String, String> start() {
        String server = System.getenv("MONGODB_CONNECTION_STRING");
        if (server == null) {
            embedded = new MongoServer(new MemoryBackend());
            server = embedded.bindAndGetConnectionString();
        }
        return Map.of(
                "quarkus.mongodb.connection-string", server, "quarkus.mongodb.database", "test-" + UUID.randomUUID());
    }

    @Override
    public void stop() {
        if (embedded != null) {
            embedded.shutdownNow();
        }
    }
}
