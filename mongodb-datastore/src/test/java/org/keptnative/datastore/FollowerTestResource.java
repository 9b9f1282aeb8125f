package org.keptnative.datastore;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A follower that remembers what it was told and answers as the test wants. */
public class FollowerTestResource implements QuarkusTestResourceLifecycleManager {

    private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();
    private static volatile ToIntFunction<String> answer = event -> 200;

    private HttpServer server;

    /** The events posted, in the order of their arrival. */
    public static List<String> received() {
        return RECEIVED;
    }

    /** The status to answer an event with. */
    public static void answer(ToIntFunction<String> status) {
        answer = status;
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/event", exchange -> {
            String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            RECEIVED.add(event);
            exchange.sendResponseHeaders(answer.applyAsInt(event), -1);
            exchange.close();
        });
        server.start();
        return Map.of("CONFIGURATION_URI", "localhost:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
