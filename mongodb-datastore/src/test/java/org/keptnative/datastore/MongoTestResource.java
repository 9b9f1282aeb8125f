package org.keptnative.datastore;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.lang.management.ManagementFactory;
import java.util.Map;

/** A database of its own for a run of tests: on the server of {@code MONGODB_CONNECTION_STRING}, else in this process. */
public class MongoTestResource implements QuarkusTestResourceLifecycleManager {

    /** The same for all tests of a process: Panache keeps the first name it gets. */
    private static final String DATABASE = "test-%d-%d"
            .formatted(
                    ProcessHandle.current().pid(),
                    ManagementFactory.getRuntimeMXBean().getStartTime());

    private MongoServer embedded;

    @Override
    public Map<String, String> start() {
        String server = System.getenv("MONGODB_CONNECTION_STRING");
        if (server == null) {
            embedded = new MongoServer(new MemoryBackend());
            server = embedded.bindAndGetConnectionString();
        }
        return Map.of("quarkus.mongodb.connection-string", server, "quarkus.mongodb.database", DATABASE);
    }

    @Override
    public void stop() {
        if (embedded != null) {
            embedded.shutdownNow();
        }
    }
}
