package org.keptnative.datastore.query;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;
import org.keptnative.datastore.event.EventDocument;

import java.util.List;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;

/** What the first edition has stored is found. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class FirstEditionTest {

    private final String project = unique("first-edition");

    @Test
    void its_events_are_found() {
        JsonObject event =
                event(project).put("time", "2026-01-01T12:00:00.000000500Z").put("source", "test");
        String id = event.getString("id");
        String context = event.getString("shkeptncontext");
        EventDocument.mongoDatabase()
                .getCollection("events")
                .insertOne(new Document("_id", "source=test&id=" + id)
                        .append("json", event.encode())
                        .append(
                                "lists",
                                List.of(
                                        "id=" + id,
                                        "shkeptncontext=" + context,
                                        "data.project=%s&data.stage=dev&type=%s"
                                                .formatted(project, event.getString("type")),
                                        "data.project=%s&type=%s".formatted(project, event.getString("type")),
                                        "data.project=" + project,
                                        "root&data.project=" + project))
                        .append("facts", List.of("data.stage:dev"))
                        .append("eventId", id)
                        .append("project", project)
                        .append("context", context)
                        .append("time", 1_767_268_800_000_000_500L)
                        .append("sequence", 1_803_000_000_000_000_000L)
                        .append("root", "data.project=%s&shkeptncontext=%s".formatted(project, context)));

        String later = post(event(project).put("time", "2026-01-01T12:00:00.001Z"));
        find("project=" + project)
                .body("events.id", contains(later, id))
                .body("events.time", contains("2026-01-01T12:00:00.001Z", "2026-01-01T12:00:00.000Z"));
        find("project=" + project + "&fromTime=2026-01-01T12:00:00.000000499Z").body("events.id", contains(later, id));
        find("project=" + project + "&fromTime=2026-01-01T12:00:00.000000500Z").body("events.id", contains(later));
        given().queryParam("filter", "data.project:" + project + " AND data.stage:dev")
                .get("/event/type/" + event.getString("type"))
                .then()
                .body("events.id", contains(later, id));
        post(event); // it is known
        find("project=" + project).body("events.id", contains(later, id));
    }
}
