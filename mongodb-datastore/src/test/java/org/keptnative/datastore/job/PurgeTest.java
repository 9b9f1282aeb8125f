package org.keptnative.datastore.job;

import com.mongodb.client.model.Filters;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;
import org.keptnative.datastore.event.EventDocument;

import java.time.Duration;

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

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class PurgeTest {

    @Inject
    Purge purge;

    private final String project = unique("purge");

    @AfterEach
    void accept() {
        FollowerTestResource.accept();
    }

    @Test
    void what_arrived_before_goes_and_nothing_else() {
        String other = unique("other");
        String context = unique("context");
        post(event(project).put("shkeptncontext", context));
        post(event(other).put("shkeptncontext", context));
        JsonObject unmapped = event(project).put("shkeptncontext", context);
        unmapped.getJsonObject("data").remove("project");
        post(unmapped);
        String delete = post(deletion());
        String anew = post(event(project));
        awaitOnly(anew);
        find("project=" + other).body("totalCount", equalTo(1));
        find("keptnContext=" + context).body("totalCount", equalTo(2));
        find("eventID=" + delete).body("totalCount", equalTo(1));
        String again = post(event(project).put("shkeptncontext", context));
        find("root=true&project=" + project).body("events.id", contains(again, anew));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ids(FIRST, project)).contains(delete, anew));
    }

    @Test
    void a_batch_is_purged_up_to_the_deletion_in_it() {
        JsonObject before = event(project);
        JsonObject after = event(project);
        given().contentType("application/cloudevents-batch+json")
                .body(JsonArray.of(before, deletion(), after).encode())
                .post("/event")
                .then()
                .statusCode(201);
        awaitOnly(after.getString("id"));
    }

    @Test
    void a_deletion_that_is_told_again_purges_nothing() {
        JsonObject deletion = deletion();
        post(deletion);
        String anew = post(event(project));
        post(deletion);
        post(event(project).put("type", "last"));
        assertThat(EventDocument.mongoDatabase()
                        .getCollection("purges")
                        .find(Filters.regex("_id", project))
                        .first()
                        .getLong("until"))
                .isLessThan(document(anew).sequence);
    }

    @Test
    void what_is_still_to_be_delivered_is_found_no_more_but_delivered_and_then_forgotten() {
        FollowerTestResource.answer(event -> FollowerTestResource.isOf(project, event) ? 503 : 200);
        String first = post(event(project));
        String second = post(event(project));
        String delete = post(deletion());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> find("project=" + project).body("totalCount", equalTo(0)));
        FollowerTestResource.accept();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ids(FIRST, project)).contains(first, second, delete));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            purge.forgetWhatIsDelivered();
            assertThat(document(first)).isNull();
            assertThat(document(second)).isNull();
        });
        assertThat(document(delete)).isNotNull();
    }

    private JsonObject deletion() {
        return event(project).put("type", "sh.keptn.internal.event.project.delete");
    }

    private void awaitOnly(String id) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> find("project=" + project).body("events.id", contains(id)));
    }

    private static EventDocument document(String id) {
        return EventDocument.<EventDocument>mongoCollection()
                .find(Filters.eq("eventId", id))
                .first();
    }
}
