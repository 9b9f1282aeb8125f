package org.keptnative.datastore.crash;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.keptnative.datastore.Events;
import org.keptnative.datastore.FollowerTestResource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that post one event after the other, each for a project of its own, and repeat it until it is acknowledged. */
final class Load {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, List<String>> acknowledged = new LinkedHashMap<>();
    private final ExecutorService clients;
    private final List<String> urls;
    private volatile boolean stopped;

    /** @param urls of the replicas, which take turns */
    Load(int clients, List<String> urls) {
        this.clients = Executors.newFixedThreadPool(clients);
        this.urls = urls;
        for (int i = 0; i < clients; i++) {
            String project = Events.unique("load");
            List<String> ids = Collections.synchronizedList(new ArrayList<>());
            acknowledged.put(project, ids);
            this.clients.execute(() -> post(project, ids));
        }
    }

    /** What has been acknowledged, by project, in the order of the posts. */
    Map<String, List<String>> events() {
        return acknowledged;
    }

    int acknowledged() {
        return acknowledged.values().stream().mapToInt(List::size).sum();
    }

    void awaitFurther(int events) {
        int before = acknowledged();
        await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged() >= before + events);
    }

    void stop() throws InterruptedException {
        stopped = true;
        clients.shutdown();
        clients.awaitTermination(1, TimeUnit.MINUTES);
    }

    /** Every acknowledged event is there once, in the order of its arrival. */
    void assertStored() {
        acknowledged.forEach((project, ids) -> {
            List<String> stored = new ArrayList<>(stored(project));
            Collections.reverse(stored);
            assertThat(stored).doesNotHaveDuplicates();
            stored.retainAll(ids);
            assertThat(stored).isEqualTo(ids);
        });
    }

    /** Every acknowledged event arrives at the follower at least once, the first time in its order. */
    void assertDelivered() {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> acknowledged.forEach((project, ids) -> {
                    var first = new LinkedHashSet<>(FollowerTestResource.ids(FollowerTestResource.FIRST, project));
                    first.retainAll(new LinkedHashSet<>(ids));
                    assertThat(new ArrayList<>(first)).isEqualTo(ids);
                }));
    }

    private void post(String project, List<String> ids) {
        int replica = 0;
        while (!stopped) {
            JsonObject event = Events.event(project);
            while (!stopped && !isAcknowledged(urls.get(replica++ % urls.size()), event)) {
                pause();
            }
            if (!stopped) {
                ids.add(event.getString("id"));
            }
        }
    }

    private static boolean isAcknowledged(String url, JsonObject event) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/event"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(6))
                    .POST(BodyPublishers.ofString(event.encode()))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 201;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> stored(String project) {
        List<String> ids = new ArrayList<>();
        String key = "0";
        while (key != null) {
            JsonObject page = get("/event?pageSize=100&project=%s&nextPageKey=%s".formatted(project, key));
            JsonArray events = page.getJsonArray("events");
            events.forEach(event -> ids.add(((JsonObject) event).getString("id")));
            key = page.getString("nextPageKey");
        }
        return ids;
    }

    private JsonObject get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(urls.get(0) + path)).build();
            return new JsonObject(HTTP.send(request, BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
