package org.keptnative.configuration.history;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** A database that is down when the service starts, and later whenever a test wants it so. */
public class StoppableDatabase implements QuarkusTestResourceLifecycleManager {

    private static int port;
    private static MongoServer running;

    public static void up() {
        running = new MongoServer(new MemoryBackend());
        running.bind("127.0.0.1", port);
    }

    public static void down() {
        if (running != null) {
            running.shutdownNow();
            running = null;
        }
    }

    @Override
    public int order() {
        return 1; // after the resource whose database it replaces
    }

    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("quarkus.mongodb.connection-string", "mongodb://127.0.0.1:" + port, "database.timeout", "4S");
    }

    @Override
    public void stop() {
        down();
    }
}
