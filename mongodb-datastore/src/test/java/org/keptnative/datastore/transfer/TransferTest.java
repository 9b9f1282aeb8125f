package org.keptnative.datastore.transfer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;
import org.keptnative.datastore.event.EventDocument;

import java.time.Duration;
import java.util.List;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;
import static org.keptnative.datastore.FollowerTestResource.FIRST;
import static org.keptnative.datastore.FollowerTestResource.ids;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class TransferTest {

    private static final String TIME = "2020-09-01T10:00:00.000Z";

    @ConfigProperty(name = "quarkus.mongodb.connection-string")
    String connectionString;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String database;

    @Inject
    Progress progress;

    private final String project = unique("moved");
    private final String file = unique("file");

    @Test
    void events_are_taken_over_as_they_are_and_delivered_to_nobody() {
        String context = unique("context");
        send(line(1, "one", context) + line(2, "two", context) + line(3, "three", unique("other")))
                .statusCode(200)
                .body("lines", equalTo(3), "stored", equalTo(3), "known", equalTo(0), "leftOut", empty());
        // Of one millisecond: in the order of arrival.
        find("project=" + project).body("events.id", contains("one-" + project, "two-" + project, "three-" + project));
        find("project=" + project).body("events.time", hasItem(TIME), "events[0].data.n", equalTo(1));
        find("root=true&project=" + project).body("events.id", contains("one-" + project, "three-" + project));
        String later = post(event(project));
        await().atMost(Duration.ofMinutes(1)).until(() -> ids(FIRST, project).contains(later));
        assertThat(ids(FIRST, project)).containsExactly(later);
    }

    @Test
    void a_repetition_changes_nothing_and_a_repeated_event_is_stored_once() {
        String lines = line(1, "one", "a") + line(2, "two", "a") + line(3, "one", "a");
        send(lines).body("stored", equalTo(2), "known", equalTo(1));
        String before = exported();

        send(lines).statusCode(200).body("stored", equalTo(0), "known", equalTo(3));

        assertThat(exported()).isEqualTo(before);
    }

    @Test
    void the_root_is_the_one_that_the_original_says() {
        send(line(1, "one", "a") + line(2, "two", "a"));
        find("root=true&project=" + project).body("events.id", contains("one-" + project));

        given().body(line(2, "two", "a"))
                .post("/transfer/event?roots=true&file=" + file)
                .then()
                .statusCode(200);

        find("root=true&project=" + project).body("events.id", contains("two-" + project));
    }

    @Test
    void an_event_that_another_project_has_stays_there() {
        send(line(1, "one", "a"));
        String ofOther = line(1, "one", "a").replace("\"project\":\"" + project + "\"", "\"project\":\"other\"");
        assertThat(ofOther).contains("other");

        for (String roots : List.of("false", "true")) {
            given().body(ofOther)
                    .post("/transfer/event?roots=" + roots + "&file=other-" + file)
                    .then()
                    .statusCode(200)
                    .body("stored", equalTo(0), "known", equalTo(0))
                    .body("leftOut.reason", contains("an event of its source and id is stored for another project"));
        }

        find("root=true&project=" + project).body("events.id", contains("one-" + project));
    }

    @Test
    void an_event_without_an_id_is_the_same_the_next_time() {
        String line = line(7, "x", "a").replace("\"id\":\"x-" + project + "\",", "");
        send(line).body("stored", equalTo(1));
        send(line).body("stored", equalTo(0), "known", equalTo(1));
        find("project=" + project).body("events.id", contains("5f0000000000000000000007"));
    }

    @Test
    void what_is_no_event_is_left_out_and_named() {
        String noType = "{\"_id\":{\"$oid\":\"5f0000000000000000000001\"},\"data\":{}}\n";
        given().body(noType + "\n" + line(2, "two", "a") + noType)
                .post("/transfer/event?before=10&file=" + file)
                .then()
                .statusCode(200)
                .body("stored", equalTo(1), "leftOut.line", contains(11, 14))
                .body("leftOut[0].reason", equalTo("type is required"));
    }

    @Test
    void a_line_that_is_no_json_is_refused_with_all_around_it() {
        given().body(line(1, "one", "a") + "{\"_id\": \n")
                .post("/transfer/event?before=100&file=" + file)
                .then()
                .statusCode(400)
                .body("message", startsWith("line 102 is no JSON object"));
        find("project=" + project).body("events", empty());
        assertThat(progress.of(file)).isZero();
    }

    @Test
    void a_dry_run_stores_nothing() {
        given().body(line(1, "one", "a"))
                .post("/transfer/event?dryRun=true&file=" + file)
                .then()
                .statusCode(200)
                .body("stored", equalTo(1));
        find("project=" + project).body("events", empty());
    }

    @Test
    void an_import_knows_how_far_it_came_until_it_is_finished() {
        send(line(1, "one", "a") + line(2, "two", "a"));
        reached().body("lines", equalTo(2));
        given().body(line(3, "three", "a"))
                .post("/transfer/event?before=2&file=" + file)
                .then()
                .statusCode(200);
        reached().body("lines", equalTo(3));
        given().delete("/transfer/progress?file=" + file).then().statusCode(204);
        reached().body("lines", equalTo(0));
        given().get("/transfer/progress?file=a/b").then().statusCode(400);
    }

    @Test
    void an_export_can_be_imported_after_the_project_was_deleted() {
        post(event(project).put("shkeptncontext", "c-" + project));
        JsonObject odd = event(project).put("shkeptncontext", "c-" + project);
        odd.getJsonObject("data").put("a.b", 9007199254740993L).put("eventContext", JsonObject.of("token", "secret"));
        post(odd);
        post(event(project));
        String events = find("project=" + project).extract().asString();
        String roots = find("root=true&project=" + project).extract().asString();
        String export = exported();
        assertThat(export.lines()).hasSize(3);
        assertThat(export).doesNotContain("secret").contains("9007199254740993");

        post(event(project).put("type", "sh.keptn.internal.event.project.delete"));
        // As long as the former ones are being deleted it waits.
        await().atMost(Duration.ofMinutes(2)).until(() -> send(export).extract().statusCode() == 200);

        assertThat(find("project=" + project).extract().asString()).isEqualTo(events);
        assertThat(find("root=true&project=" + project).extract().asString()).isEqualTo(roots);
        assertThat(exported()).isEqualTo(export);
    }

    @Test
    void the_collections_of_another_database_are_read() {
        String collection = unique("collection");
        EventDocument.mongoDatabase()
                .getCollection(collection)
                .insertMany(List.of(
                        new org.bson.Document("id", "a").append("n", 1.0),
                        new org.bson.Document("id", "b").append("n", 2.5)));
        foreign(null).body(containsString(collection + "\n"));
        String lines = foreign(collection).extract().asString();
        assertThat(lines.lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("\"$oid\"", "\"n\": {\"$numberDouble\": \"1.0\"}");
        given().contentType("application/json")
                .body("{\"uri\": \"http://localhost\"}")
                .post("/transfer/foreign")
                .then()
                .statusCode(400)
                .body("message", containsString("mongodb://"));
    }

    @Test
    void nobody_reaches_it_through_the_gateway() {
        for (String path :
                List.of("/transfer/event", "/transfer;a=b/event", "//transfer/event", "/transfer/progress")) {
            given().urlEncodingEnabled(false)
                    .header("X-Real-IP", "127.0.0.1")
                    .get(path)
                    .then()
                    .statusCode(403)
                    .body("message", containsString("from inside"));
        }
    }

    private ValidatableResponse send(String lines) {
        return given().body(lines).post("/transfer/event?file=" + file).then();
    }

    private ValidatableResponse reached() {
        return given().get("/transfer/progress?file=" + file).then().statusCode(200);
    }

    private String exported() {
        return given().get("/transfer/event?project=" + project)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private ValidatableResponse foreign(String collection) {
        return given().contentType("application/json")
                .body(JsonObject.of("uri", connectionString, "database", database, "collection", collection)
                        .encode())
                .post("/transfer/foreign")
                .then()
                .statusCode(200);
    }

    private String line(int number, String id, String context) {
        return ("{\"_id\":{\"$oid\":\"5f000000000000000000000%d\"},\"id\":\"%s-%s\",\"source\":\"test\",\"type\":\"t\","
                        + "\"time\":\"%s\",\"shkeptncontext\":\"%s-%s\","
                        + "\"data\":{\"project\":\"%s\",\"n\":{\"$numberDouble\":\"1.0\"}}}%n")
                .formatted(number, id, project, TIME, context, project, project);
    }
}
