package org.keptnative.datastore.event;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.keptnative.datastore.Events.TYPE;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class PostEventTest {

    private final String project = unique("post");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/cloudevents+json",
                "Application/CloudEvents+JSON;charset=UTF-8"
            })
    void an_event_in_structured_mode_is_stored(String contentType) {
        JsonObject event = event(project);
        given().header("Content-Type", contentType)
                .body(event.encode())
                .post("/event")
                .then()
                .statusCode(201)
                .header("New-Events", "1")
                .body(emptyString());
        assertThat(stored(event.getString("id"))).isEqualTo(event);
    }

    @Test
    void cloud_events_1_0_keep_all_attributes() {
        JsonObject event = event(project)
                .put("specversion", "1.0")
                .put("datacontenttype", "application/json")
                .put("subject", "what")
                .put("comexampleextension", 1);
        event.remove("contenttype");
        post(event);
        assertThat(stored(event.getString("id"))).isEqualTo(event);
    }

    @Test
    void an_event_in_binary_mode_becomes_a_structured_one() {
        String id = unique("id");
        JsonObject data = JsonObject.of("project", project, "n", 1.5);
        given().header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("CE-Source", "t%C3%A4st+1")
                .header("ce-type", "sh.keptn.event.binary")
                .header("ce-time", "2026-01-01T00:00:00+01:00")
                .header("ce-shkeptncontext", "c1")
                .contentType("application/json")
                .body(data.encode())
                .post("/event")
                .then()
                .statusCode(201);
        assertThat(stored(id))
                .isEqualTo(JsonObject.of(
                        "specversion", "1.0",
                        "id", id,
                        "source", "täst+1",
                        "type", "sh.keptn.event.binary",
                        "time", "2026-01-01T00:00:00.000+01:00",
                        "shkeptncontext", "c1",
                        "datacontenttype", "application/json",
                        "data", data));
    }

    @ParameterizedTest
    @CsvSource({"text/plain, data, hello", "application/octet-stream, data_base64, aGVsbG8="})
    void data_in_binary_mode_need_not_be_json(String contentType, String member, String value) {
        String id = unique("id");
        given().header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "test")
                .header("ce-type", "sh.keptn.event.binary")
                .header("Content-Type", contentType)
                .body("hello".getBytes())
                .post("/event")
                .then()
                .statusCode(201);
        find("eventID=" + id).body("events[0]." + member, equalTo(value));
    }

    @Test
    void a_batch_is_stored_in_its_order() {
        JsonArray batch = new JsonArray();
        for (int i = 0; i < 5; i++) {
            batch.add(event(project)
                    .put("id", "batch-" + i)
                    .put("source", project)
                    .put("shkeptncontext", project));
        }
        batch.add(batch.getJsonObject(2));
        for (int round = 0; round < 2; round++) {
            given().contentType("application/cloudevents-batch+json")
                    .body(batch.encode())
                    .post("/event")
                    .then()
                    .statusCode(201)
                    .header("New-Events", round == 0 ? "5" : "0");
            find("project=" + project)
                    .body("events.id", contains("batch-4", "batch-3", "batch-2", "batch-1", "batch-0"));
            find("root=true&project=" + project).body("events.id", contains("batch-0"));
        }
    }

    @Test
    void a_batch_with_one_bad_event_is_refused_as_a_whole() {
        String batch = new JsonArray()
                .add(event(project))
                .add(JsonObject.of("type", "x"))
                .encode();
        given().contentType("application/cloudevents-batch+json")
                .body(batch)
                .post("/event")
                .then()
                .statusCode(400)
                .body("message", equalTo("data is required"));
        find("project=" + project).body("events", hasSize(0));
    }

    @Test
    void the_same_event_again_is_stored_once_and_answered_alike() {
        JsonObject event = event(project);
        post(event);
        post(event.encode()).statusCode(201).header("New-Events", "0").body(emptyString());
        post(event.copy().put("type", "another"));
        find("project=" + project)
                .body("totalCount", equalTo(1))
                .body("events.type", contains(event.getString("type")));
        post(event.copy().put("source", "another"));
        find("project=" + project).body("totalCount", equalTo(2));
    }

    @Test
    void what_is_missing_is_filled_in() {
        post(JsonObject.of("type", "x", "id", "", "time", null, "data", JsonObject.of("project", project))
                        .encode())
                .statusCode(201);
        find("project=" + project)
                .body("events[0].id", not(emptyString()))
                .body("events[0].source", equalTo(""))
                .body("events[0].specversion", equalTo("0.2"))
                .body("events[0].time", org.hamcrest.Matchers.matchesPattern("\\d{4}-\\d\\d-\\d\\dT.*Z"));
    }

    @Test
    void secrets_are_not_stored_at_any_depth_and_the_websocket_token_is_not_returned() {
        JsonObject event = event(project);
        event.getJsonObject("data")
                .put("eventContext", JsonObject.of("token", "TOKEN"))
                .put("gitUser", "SECRET")
                .put("gitRemoteURL", "https://me:SECRET@host/x.git")
                .put("deep", JsonArray.of(JsonObject.of("gitToken", "SECRET", "eventContext", JsonArray.of("TOKEN"))));
        post(event);
        event.getJsonObject("data")
                .put("eventContext", null)
                .put("gitUser", "")
                .put("gitRemoteURL", "https://host/x.git")
                .put("deep", JsonArray.of(JsonObject.of("gitToken", "", "eventContext", null)));
        assertThat(stored(event.getString("id"))).isEqualTo(event);
        assertThat(EventDocument.mongoDatabase()
                        .getCollection("events")
                        .find(com.mongodb.client.model.Filters.eq("project", project))
                        .first()
                        .toJson())
                .doesNotContain("SECRET");
        given().get("/event/type/%s?filter=data.project:%s".formatted(TYPE, project))
                .then()
                .body("events.id", contains(event.getString("id")))
                .body(not(containsString("TOKEN")));
        given().get("/event/type/%s?filter=data.project:%s AND data.eventContext.token:TOKEN".formatted(TYPE, project))
                .then()
                .body("events", empty());
    }

    /** The token is taken out when an event is read. */
    @Test
    void half_a_pair_is_read_as_it_was_stored_also_beside_a_websocket_token() {
        String id = unique("half");
        String event = event(project)
                .put("id", id)
                .put(
                        "data",
                        JsonObject.of("project", project, "eventContext", JsonObject.of("token", "T"), "x", "HALF"))
                .encode()
                .replace("HALF", "\\ud83d");
        given().contentType("application/json")
                .body(event)
                .post("/event")
                .then()
                .statusCode(201);

        given().get("/event?eventID=" + id)
                .then()
                .body(containsString("\"x\":\"\\uD83D\""))
                .body(not(containsString("\"T\"")));
    }

    @Test
    void a_hundred_parallel_posts_are_all_there_exactly_once() throws Exception {
        String context = unique("context");
        ExecutorService clients = Executors.newFixedThreadPool(20);
        List<Callable<String>> posts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            posts.add(() -> post(event(project).put("shkeptncontext", context)));
        }
        Set<String> ids = new HashSet<>();
        for (Future<String> id : clients.invokeAll(posts)) {
            ids.add(id.get());
        }
        clients.shutdown();
        List<String> found = find("pageSize=100&project=" + project).extract().path("events.id");
        assertThat(found).hasSize(100).containsExactlyInAnyOrderElementsOf(ids);
        find("root=true&project=" + project).body("totalCount", equalTo(1));
    }

    private static JsonObject stored(String id) {
        String answer = find("eventID=" + id).extract().asString();
        return new JsonObject(answer).getJsonArray("events").getJsonObject(0);
    }
}
