package org.keptnative.datastore;

import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static io.restassured.RestAssured.given;

/** Events for tests, posted through HTTP. */
public final class Events {

    public static final String TYPE = "sh.keptn.event.test.finished";

    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00.000Z");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Events() {}

    /** A name no other test uses. */
    public static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A complete event of a project, a millisecond later than the one before. */
    public static JsonObject event(String project) {
        return new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("source", "test")
                .put("specversion", "0.2")
                .put("type", TYPE)
                .put("time", BASE.plusMillis(NUMBER.incrementAndGet()).toString())
                .put("contenttype", "application/json")
                .put("shkeptncontext", UUID.randomUUID().toString())
                .put("data", JsonObject.of("project", project, "stage", "dev", "service", "carts"));
    }

    /** Stores it and returns its id. */
    public static String post(JsonObject event) {
        post(event.encode()).statusCode(201);
        return event.getString("id");
    }

    public static ValidatableResponse post(String body) {
        return given().contentType("application/cloudevents+json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/event")
                .then();
    }

    /** Asks with a query string. */
    public static ValidatableResponse find(String query) {
        return given().get("/event?" + query).then().statusCode(200);
    }
}
