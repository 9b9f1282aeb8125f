package org.keptnative.datastore.crash;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.Events;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Deletes a project with many events ({@code -Dpurge.events=300000} for very many) while fifty events a second come for
 * another, and kills the service meanwhile.
 */
class PurgeIT {

    private static final int FEW = 1_000;
    private static final int EVENTS = Integer.getInteger("purge.events", FEW);
    private static final int AT_ONCE = 200;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final MongoTestResource mongo = new MongoTestResource();
    private final FollowerTestResource follower = new FollowerTestResource();
    private final Map<String, String> properties = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(8);

    private final String deleted = Events.unique("deleted");
    private final String other = Events.unique("other");
    private final List<Long> millis = new CopyOnWriteArrayList<>();
    private final List<Integer> refusals = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        properties.putAll(mongo.start());
        properties.putAll(follower.start());
        properties.put("datastore.followers.configuration-service.types", "sh.keptn.internal.>");
        if (EVENTS == FEW) {
            // The database in this process has no indexes, and time is short where all tests run.
            properties.put("datastore.database-timeout", "30s");
        }
    }

    @AfterEach
    void stop() {
        clock.shutdownNow();
        follower.stop();
        mongo.stop();
    }

    @Test
    void nobody_waits_for_a_purge() throws Exception {
        try (ServiceProcess service = new ServiceProcess(properties).start().awaitReady()) {
            fill(service);
            long begin = System.nanoTime();
            clock.scheduleAtFixedRate(() -> postToOther(service), 0, 20, TimeUnit.MILLISECONDS);
            assertThat(post(service, deletion())).isEqualTo(201);
            awaitPurged(service);
            clock.shutdown();
            assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            List<Long> sorted = millis.stream().sorted().toList();
            System.out.printf(
                    "purge of %d events in %d s; %d events for another project meanwhile: p50 %d ms, p99 %d ms, slowest %d ms%n",
                    EVENTS,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                    sorted.size(),
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() * 99 / 100),
                    Collections.max(sorted));
            assertThat(refusals).isEmpty();
        }
    }

    @Test
    void a_purge_goes_on_after_a_crash_and_leaves_the_project_created_anew_alone() throws Exception {
        try (ServiceProcess service = new ServiceProcess(properties).start().awaitReady()) {
            fill(service);
            assertThat(post(service, deletion())).isEqualTo(201);
            assertThat(post(service, Events.event(deleted).put("type", "anew"))).isEqualTo(201);
            service.kill();
            service.start().awaitReady();
            await().atMost(Duration.ofMinutes(10)).until(() -> count(service) == 1);
        }
    }

    private JsonObject deletion() {
        return Events.event(deleted).put("type", "sh.keptn.internal.event.project.delete");
    }

    private void fill(ServiceProcess service) throws IOException, InterruptedException {
        for (int i = 0; i < EVENTS; i += AT_ONCE) {
            JsonArray batch = new JsonArray();
            for (int j = 0; j < AT_ONCE; j++) {
                batch.add(Events.event(deleted));
            }
            // Sent again, none is stored twice.
            await().pollDelay(Duration.ZERO)
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> post(service, "application/cloudevents-batch+json", batch.encode()) == 201);
        }
    }

    private void postToOther(ServiceProcess service) {
        try {
            long start = System.nanoTime();
            int status = post(service, Events.event(other));
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            if (status != 201) {
                refusals.add(status);
            }
        } catch (IOException | InterruptedException e) {
            refusals.add(0);
        }
    }

    private void awaitPurged(ServiceProcess service) {
        await().atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> count(service) == 0);
    }

    private int count(ServiceProcess service) throws IOException, InterruptedException {
        URI uri = URI.create(service.url() + "/event?pageSize=1&project=" + deleted);
        HttpResponse<String> page = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return page.statusCode() == 200 ? new JsonObject(page.body()).getInteger("totalCount") : -1;
    }

    private static int post(ServiceProcess service, JsonObject event) throws IOException, InterruptedException {
        return post(service, "application/json", event.encode());
    }

    private static int post(ServiceProcess service, String type, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/event"))
                .header("Content-Type", type)
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }
}
