package org.keptnative.datastore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** Two followers that remember what they were told; the first answers as a test wants, the second always accepts. */
public class FollowerTestResource implements QuarkusTestResourceLifecycleManager {

    public static final String FIRST = "/v1/event";
    public static final String SECOND = "/second";

    private static final List<Post> POSTS = new CopyOnWriteArrayList<>();
    private static final ToIntFunction<JsonObject> ACCEPT = event -> 200;
    private static volatile ToIntFunction<JsonObject> answer = ACCEPT;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private static volatile int statusOfOthers = 405;
    private static volatile String refusal = "";

    private HttpServer server;

    /** What was posted to a follower. */
    public record Post(String path, String contentType, JsonObject event) {}

    /** The ids of the events of a project that were posted to a path, in the order of their arrival. */
    public static List<String> ids(String path, String project) {
        return posts(path, project).stream()
                .map(post -> post.event().getString("id"))
                .toList();
    }

    public static List<Post> posts(String path, String project) {
        return POSTS.stream()
                .filter(post -> post.path().equals(path))
                .filter(post -> isOf(project, post.event()))
                .toList();
    }

    /** Frees the memory that large events take. */
    public static void forget(String project) {
        POSTS.removeAll(posts(FIRST, project));
    }

    public static boolean isOf(String project, JsonObject event) {
        return event.getValue("data") instanceof JsonObject data && project.equals(data.getValue("project"));
    }

    /** How the first follower answers an event, by an HTTP status. */
    public static void answer(ToIntFunction<JsonObject> status) {
        answer = status;
    }

    /** What the followers say with a status that is no success, as JSON. */
    public static void refuseWith(String json) {
        refusal = json;
    }

    /** How followers answer what is no POST. */
    public static void answerOthers(int status) {
        statusOfOthers = status;
    }

    public static void accept() {
        answer = ACCEPT;
        statusOfOthers = 405;
        refusal = "";
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(FIRST, exchange -> take(exchange, event -> answer.applyAsInt(event)));
        server.createContext(SECOND, exchange -> take(exchange, ACCEPT));
        server.start();
        String address = "localhost:" + server.getAddress().getPort();
        return Map.ofEntries(
                Map.entry("CONFIGURATION_URI", address),
                Map.entry("datastore.followers.second.url", address + SECOND),
                Map.entry("datastore.followers.second.types", "sh.keptn.both.*,exact"),
                Map.entry("datastore.delivery.poll-interval", "100ms"),
                Map.entry("datastore.delivery.lease", "4s"),
                Map.entry("datastore.followers.configuration-service.timeout", "2s"),
                Map.entry("datastore.followers.configuration-service.first-pause", "20ms"),
                Map.entry("datastore.followers.configuration-service.longest-pause", "100ms"),
                Map.entry("datastore.followers.configuration-service.tries", "8"));
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void take(HttpExchange exchange, ToIntFunction<JsonObject> answer) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(statusOfOthers, -1);
            exchange.close();
            return;
        }
        JsonObject event = new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        POSTS.add(new Post(
                exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Content-Type"), event));
        int status = answer.applyAsInt(event);
        byte[] text = status < 300 ? new byte[0] : refusal.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }
}
