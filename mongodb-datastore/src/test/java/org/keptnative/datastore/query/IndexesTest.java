package org.keptnative.datastore.query;

import com.mongodb.client.FindIterable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;
import org.keptnative.datastore.event.EventDocument;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.keptnative.datastore.Events.event;

/** Asks a server that has indexes how it answers each kind of query. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
@EnabledIfEnvironmentVariable(
        named = "MONGODB_CONNECTION_STRING",
        matches = ".+",
        disabledReason = "the server in this process does not explain its queries")
class IndexesTest {

    private static final Map<String, List<String>> PROJECT = Map.of("data.project", List.of("p1"));

    @Inject
    QueryStore store;

    static Stream<Query> queries() {
        return Stream.of(
                        Map.<String, List<String>>of(),
                        PROJECT,
                        with("type", "t1"),
                        with("source", "test"),
                        with("source", "test", "type", "t1"),
                        with("data.stage", "dev"),
                        with("data.service", "s1"),
                        with("data.service", "s1", "type", "t1"),
                        with("data.service", "s1", "data.stage", "dev", "type", "t1"),
                        with("data.service", "s1", "data.result", "pass"),
                        with("triggeredid", "1"),
                        with("id", "1"),
                        Map.of("id", List.of("1")),
                        Map.of("shkeptncontext", List.of("c1")),
                        Map.of("shkeptncontext", List.of("c1"), "type", List.of("t1")))
                .flatMap(anyOf -> Stream.of(
                        new Query(false, anyOf, null),
                        new Query(true, anyOf, null),
                        new Query(false, anyOf, Instant.parse("2026-01-01T00:00:00Z"))))
                // Not every server keeps the order of the index for a time and something that is not in the index.
                .filter(query -> query.after() == null
                        || !query.anyOf().containsKey("data.result")
                                && !query.anyOf().keySet().containsAll(List.of("id", "data.project")));
    }

    @BeforeEach
    void events() {
        if (store.count(new Query(false, PROJECT, null), 1) > 0) {
            return;
        }
        JsonArray batch = new JsonArray();
        for (int i = 0; i < 1000; i++) {
            JsonObject event = event("p" + i % 5).put("type", "t" + i % 7).put("shkeptncontext", "c" + i % 100);
            event.getJsonObject("data").put("service", "s" + i % 3);
            batch.add(event);
        }
        given().contentType("application/cloudevents-batch+json")
                .body(batch.encode())
                .post("/event")
                .then()
                .statusCode(201);
    }

    /** Some servers choose the index for its order only after they have counted what is there, within a minute or so. */
    @ParameterizedTest
    @MethodSource("queries")
    void an_index_serves_each_query_and_its_order(Query query) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(plan(store.find(query).limit(20)))
                        .contains("\"newest\"")
                        .doesNotContainIgnoringCase("\"sort\""));
    }

    private static String plan(FindIterable<EventDocument> find) {
        return find.explain().toJson().replaceAll("\"command\".*", "");
    }

    private static Map<String, List<String>> with(String... pathsAndValues) {
        Map<String, List<String>> anyOf = new java.util.HashMap<>(PROJECT);
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            anyOf.put(pathsAndValues[i], List.of(pathsAndValues[i + 1]));
        }
        return anyOf;
    }
}
