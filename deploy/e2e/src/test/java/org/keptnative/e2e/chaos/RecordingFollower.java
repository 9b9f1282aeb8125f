package org.keptnative.e2e.chaos;

import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import org.keptnative.e2e.installation.Ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Follows all events of the datastore and remembers their contexts. */
final class RecordingFollower implements AutoCloseable {

    final Set<String> delivered = ConcurrentHashMap.newKeySet();

    private final HttpServer server;

    RecordingFollower() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
        server.setExecutor(Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            delivered.add(JsonPath.from(event).getString("shkeptncontext"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** What makes the datastore deliver to it. */
    Map<String, String> environment() {
        return Map.of(
                "DATASTORE_FOLLOWERS_RECORDER_URL",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "DATASTORE_FOLLOWERS_RECORDER_TYPES",
                "sh.keptn.>");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
