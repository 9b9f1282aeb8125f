package org.keptnative.e2e.chaos;

import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import org.keptnative.e2e.installation.Ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/** Follows all events of the datastore and remembers their ids, in the order in which each came first. */
final class RecordingFollower implements AutoCloseable {

    private final Set<String> ids = Collections.synchronizedSet(new LinkedHashSet<>());
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
            ids.add(JsonPath.from(event).getString("id"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    List<String> delivered() {
        synchronized (ids) {
            return List.copyOf(ids);
        }
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
