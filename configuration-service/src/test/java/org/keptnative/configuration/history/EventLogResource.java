package org.keptnative.configuration.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers {@code GET /event}, newest first and in pages, and {@code GET /follower} over HTTP as mongodb-datastore does. */
public class EventLogResource implements QuarkusTestResourceLifecycleManager {

    static final List<Map<String, Object>> EVENTS = new CopyOnWriteArrayList<>();

    /** The status of all answers. */
    static volatile int status = 200;

    /** The names of those that follow it. */
    static volatile List<String> followers = List.of("configuration-service");

    private final ObjectMapper json = new ObjectMapper();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/event", exchange -> answer(exchange, page(query(exchange))));
        server.createContext("/follower", exchange -> answer(exchange, followers()));
        server.start();
        return Map.of("event-log.uri", "localhost:" + server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
                .map(pair -> pair.split("="))
                .forEach(pair -> query.put(pair[0], URLDecoder.decode(pair[1], UTF_8)));
        return query;
    }

    private String followers() throws JsonProcessingException {
        return json.writeValueAsString(Map.of(
                "followers",
                followers.stream()
                        .map(name -> Map.of("name", name, "url", "http://" + name, "pending", 0))
                        .toList()));
    }

    private String page(Map<String, String> query) throws JsonProcessingException {
        List<Map<String, Object>> events = EVENTS.stream()
                .filter(event -> ((Map<?, ?>) event.get("data")).get("project").equals(query.get("project")))
                .sorted(Comparator.comparing((Map<String, Object> event) -> (String) event.get("time"))
                        .reversed())
                .toList();
        int size = Integer.parseInt(query.get("pageSize"));
        int from = Integer.parseInt(query.getOrDefault("nextPageKey", "0"));
        int to = Math.min(from + size, events.size());
        Map<String, Object> page = new HashMap<>(Map.of("events", events.subList(from, to)));
        if (to < events.size()) {
            page.put("nextPageKey", Integer.toString(to));
        }
        return json.writeValueAsString(page);
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
