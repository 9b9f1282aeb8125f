package org.keptnative.datastore.event;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;
import static org.keptnative.datastore.FollowerTestResource.FIRST;
import static org.keptnative.datastore.FollowerTestResource.ids;

/** Events above the 16 MB that a document may have. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class LargeEventTest {

    private static final int CHARACTERS = 17_000_000;

    @Inject
    JsonParts parts;

    private final String project = unique("large-event");

    @AfterEach
    void forget() {
        FollowerTestResource.accept();
        FollowerTestResource.forget(project);
    }

    @Test
    void it_is_stored_once_delivered_as_it_came_and_read_back() {
        String small = post(event(project));
        JsonObject large = large("x".repeat(CHARACTERS));
        post(large);
        post(large);
        String last = post(event(project));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ids(FIRST, project)).containsExactly(small, id(large), last));
        assertThat(FollowerTestResource.posts(FIRST, project).get(1).event()).isEqualTo(large);
        JsonObject found = new JsonObject(
                given().get("/event?project=" + project).then().extract().asString());
        assertThat(found.getInteger("totalCount")).isEqualTo(3);
        assertThat(found.getJsonArray("events").getJsonObject(1)).isEqualTo(large);
        assertThat(recordsOf(large)).hasSize(1);
        assertThat(given().get("/transfer/event?project=" + project).asString().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains(id(large)) && line.length() > CHARACTERS);
    }

    @Test
    void its_text_is_the_same_wherever_it_is_cut() {
        // Two characters each, the first of which stands at every other place.
        JsonObject large = large("x".repeat(CHARACTERS / 10) + "\uD83D\uDE00".repeat(CHARACTERS / 5));
        JsonObject shifted = large("\uD83D\uDE00".repeat(CHARACTERS / 4));
        shifted.put("id", shifted.getString("id") + "x");
        post(large);
        post(shifted);
        for (JsonObject each : List.of(large, shifted)) {
            assertThat(new JsonObject(given().get("/event?eventID=" + id(each))
                                    .then()
                                    .extract()
                                    .asString())
                            .getJsonArray("events")
                            .getJsonObject(0))
                    .isEqualTo(each);
        }
    }

    @Test
    void it_is_found_by_what_stands_behind_its_longest_string() {
        JsonObject large = large("x".repeat(CHARACTERS));
        large.getJsonObject("data").put("long", "y".repeat(5000));
        post(large);
        String type = "/event/type/" + large.getString("type") + "?filter=data.project:" + project + " AND data.long:";
        given().get(type + "y".repeat(5000)).then().body("events.id", contains(id(large)));
        given().get(type + "y".repeat(4999)).then().body("events.size()", equalTo(0));
    }

    @Test
    void when_it_is_parked_it_has_its_name() {
        FollowerTestResource.answer(event -> FollowerTestResource.isOf(project, event) ? 400 : 200);
        JsonObject large = large("x".repeat(CHARACTERS));
        post(large);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get("/follower/configuration-service/parked?project=" + project)
                        .then()
                        .body("deliveries.id", contains(id(large)))
                        .body("deliveries.source", contains("test"))
                        .body("deliveries.type", contains(large.getString("type"))));
    }

    @Test
    void with_its_project_it_goes_as_a_whole() {
        JsonObject large = large("x".repeat(CHARACTERS));
        post(large);
        List<String> names = recordsOf(large).get(0).getList("parts", String.class);
        assertThat(partsIn(names)).isEqualTo(names.size());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ids(FIRST, project)).isNotEmpty());
        post(event(project).put("type", CloudEvent.PROJECT_DELETED));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            find("eventID=" + id(large)).body("totalCount", equalTo(0));
            assertThat(recordsOf(large)).isEmpty();
            assertThat(partsIn(names)).isZero();
        });
    }

    @Test
    void what_a_crash_has_left_goes_and_nothing_else() {
        JsonObject large = large("x".repeat(CHARACTERS));
        post(large);
        Instant anHourAgo = Instant.now().minus(Duration.ofMinutes(61));
        leave("old", anHourAgo, false);
        leave("young", Instant.now(), false);
        leave("removed", Instant.now(), true);
        String position = null;
        do {
            position = parts.removeLeftovers(position);
        } while (position != null);
        assertThat(partsIn(List.of(name("old"), name("removed")))).isZero();
        assertThat(partsIn(List.of(name("young")))).isEqualTo(1);
        assertThat(recordsOf(large)).hasSize(1);
        assertThat(partsIn(recordsOf(large).get(0).getList("parts", String.class)))
                .isPositive();
    }

    private JsonObject large(String text) {
        JsonObject event = event(project);
        event.getJsonObject("data").put("text", text);
        return event;
    }

    private static String id(JsonObject event) {
        return event.getString("id");
    }

    private void leave(String name, Instant since, boolean kept) {
        Document record = new Document("_id", name(name))
                .append("event", "no event " + name)
                .append("parts", List.of(name(name)))
                .append("since", Date.from(since));
        collection("large-events").insertOne(kept ? record.append("kept", true) : record);
        collection("event-parts").insertOne(new Document("_id", name(name)).append("json", "{"));
    }

    private String name(String name) {
        return project + "-" + name;
    }

    private static List<Document> recordsOf(JsonObject event) {
        return collection("large-events")
                .find(Filters.regex("event", id(event)))
                .into(new ArrayList<>());
    }

    private static long partsIn(List<String> names) {
        return collection("event-parts").countDocuments(Filters.in("_id", names));
    }

    private static MongoCollection<Document> collection(String name) {
        return EventDocument.mongoDatabase().getCollection(name);
    }
}
