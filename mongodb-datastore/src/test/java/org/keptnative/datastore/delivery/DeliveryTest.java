package org.keptnative.datastore.delivery;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;
import static org.keptnative.datastore.FollowerTestResource.FIRST;
import static org.keptnative.datastore.FollowerTestResource.SECOND;
import static org.keptnative.datastore.FollowerTestResource.ids;
import static org.keptnative.datastore.FollowerTestResource.posts;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class DeliveryTest {

    private final String project = unique("delivery");

    @TestHTTPResource(value = "/metrics", management = true)
    String metrics;

    @TestHTTPResource("/event")
    URL events;

    @AfterEach
    void accept() {
        FollowerTestResource.accept();
    }

    @Test
    void an_event_is_posted_as_it_was_stored() {
        JsonObject event = event(project).put("extension", 1);
        event.getJsonObject("data").put("eventContext", JsonObject.of("token", "SECRET"));
        post(event);
        await().untilAsserted(() -> assertThat(posts(FIRST, project))
                .containsExactly(new FollowerTestResource.Post(FIRST, "application/cloudevents+json", event)));
        event.getJsonObject("data").put("eventContext", null);
        assertThat(new JsonObject(given().get("/event?project=" + project).asString()).getJsonArray("events"))
                .containsExactly(event);
    }

    @Test
    void a_follower_gets_the_types_it_follows_and_each_event_once() {
        String exact = post(event(project).put("type", "exact"));
        String both = post(event(project).put("type", "sh.keptn.both.x"));
        String longer = post(event(project).put("type", "sh.keptn.both.x.y"));
        post(event(project).put("type", "other"));
        post(event(project).put("type", "sh.keptn"));
        String last = post(event(project).put("type", "sh.keptn.both.last"));
        post(event(project).put("type", "sh.keptn.both.last").put("id", last));
        await().untilAsserted(() -> {
            assertThat(ids(FIRST, project)).containsExactly(both, longer, last);
            assertThat(ids(SECOND, project)).containsExactly(exact, both, last);
        });
    }

    @Test
    void an_event_that_fails_holds_up_its_own_project_only() {
        String other = unique("other");
        AtomicInteger failures = new AtomicInteger();
        FollowerTestResource.answer(event -> isOf(project, event) && failures.getAndIncrement() < 6 ? 503 : 200);
        List<String> inOrder = new ArrayList<>();
        List<String> ofOther = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            inOrder.add(post(event(project)));
            ofOther.add(post(event(other)));
        }
        await().untilAsserted(() -> {
            assertThat(ids(FIRST, other)).isEqualTo(ofOther);
            List<String> delivered = ids(FIRST, project);
            assertThat(delivered).hasSize(11).startsWith(inOrder.get(0), inOrder.get(0));
            assertThat(delivered.subList(6, 11)).isEqualTo(inOrder);
        });
    }

    @Test
    void events_too_large_for_a_page_are_delivered() throws Exception {
        FollowerTestResource.answer(event -> isOf(project, event) ? 503 : 200);
        String text = "x".repeat(6_000_000);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            JsonObject event = event(project).put("text", text);
            assertThat(postQuietly(event)).isEqualTo(201);
            sent.add(event.getString("id"));
        }
        FollowerTestResource.accept();
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(ids(FIRST, project).stream().distinct().toList())
                                .isEqualTo(sent));
        FollowerTestResource.forget(project);
    }

    @Test
    void a_follower_that_was_down_gets_all_in_order() {
        FollowerTestResource.answer(event -> 500);
        List<String> projects =
                IntStream.range(0, 30).mapToObj(i -> unique("down")).toList();
        Map<String, List<String>> sent = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            String name = projects.get(i % 30);
            sent.computeIfAbsent(name, key -> new ArrayList<>()).add(post(event(name)));
        }
        await().untilAsserted(() -> given().get("/follower").then().body("followers[0].state", equalTo("failing")));
        FollowerTestResource.accept();
        await().untilAsserted(() -> projects.forEach(name ->
                assertThat(ids(FIRST, name).stream().distinct().toList()).isEqualTo(sent.get(name))));
        await().untilAsserted(() -> given().get("/follower").then().body("followers[0].state", equalTo("up")));
    }

    @Test
    void a_slow_follower_delays_no_other_and_is_tried_again() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        FollowerTestResource.answer(event -> {
            if (isOf(project, event)) {
                waitFor(end);
            }
            return 200;
        });
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sent.add(post(event(project).put("type", "sh.keptn.both.x")));
        }
        await().untilAsserted(() -> assertThat(ids(SECOND, project)).isEqualTo(sent));
        assertThat(ids(FIRST, project)).doesNotContain(sent.get(1));
        end.countDown();
        await().untilAsserted(() -> assertThat(ids(FIRST, project)).containsSubsequence(sent));
    }

    @Test
    void no_event_of_a_project_overtakes_another_under_load() {
        Map<String, List<String>> sent = new ConcurrentHashMap<>();
        List<String> projects = List.of(unique("load"), unique("load"), unique("load"));
        projects.parallelStream().forEach(name -> {
            for (int i = 0; i < 60; i++) {
                sent.computeIfAbsent(name, key -> new ArrayList<>()).add(post(event(name)));
            }
        });
        await().untilAsserted(() ->
                projects.forEach(name -> assertThat(ids(FIRST, name)).isEqualTo(sent.get(name))));
    }

    @Test
    void what_is_stored_pending_and_delivered_is_counted() {
        double stored = counted("datastore_events_stored_total");
        double duplicate = counted("datastore_events_duplicate_total");
        JsonObject event = event(project);
        post(event);
        post(event);
        assertThat(counted("datastore_events_stored_total")).isEqualTo(stored + 1);
        assertThat(counted("datastore_events_duplicate_total")).isEqualTo(duplicate + 1);
        given().get("/event?project=" + project);
        assertThat(counted("datastore_query_seconds_count")).isPositive();
        await().untilAsserted(() ->
                assertThat(counted("datastore_events_delivered_total")).isPositive());
        await().untilAsserted(
                        () -> assertThat(counted("datastore_events_pending")).isZero());
    }

    /** Without the log of REST-assured, which takes its time for a large body. */
    private int postQuietly(JsonObject event) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(events.toURI())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event.encode()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static boolean isOf(String project, JsonObject event) {
        return project.equals(event.getJsonObject("data").getString("project"));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The sum of a metric over all its tags. */
    private double counted(String metric) {
        return given().get(metrics)
                .asString()
                .lines()
                .filter(line -> line.startsWith(metric))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
