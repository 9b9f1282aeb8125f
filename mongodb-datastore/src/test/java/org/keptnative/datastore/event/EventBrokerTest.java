package org.keptnative.datastore.event;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;
import static org.keptnative.datastore.FollowerTestResource.FIRST;
import static org.keptnative.datastore.FollowerTestResource.ids;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class EventBrokerTest {

    private final String project = unique("broker");

    @Test
    void an_event_that_comes_back_is_stored_and_delivered_once() {
        JsonObject event = event(project);
        for (String path : new String[] {"/keptn", "/event", "/keptn"}) {
            given().contentType("application/cloudevents+json")
                    .body(event.encode())
                    .post(path)
                    .then()
                    .statusCode(201);
        }
        String last = post(event(project));
        find("project=" + project).body("events.id", contains(last, event.getString("id")));
        await().untilAsserted(() -> assertThat(ids(FIRST, project)).containsExactly(event.getString("id"), last));
    }

    @Test
    void an_event_may_come_in_binary_mode() {
        given().contentType("application/json")
                .headers("ce-specversion", "1.0", "ce-id", project, "ce-source", "test", "ce-type", "sh.keptn.x")
                .body("{\"project\":\"%s\"}".formatted(project))
                .post("/keptn")
                .then()
                .statusCode(201);
        find("project=" + project).body("events.specversion", contains("1.0"));
    }

    @Test
    void what_is_no_event_is_refused() {
        given().contentType("application/json")
                .body("{}")
                .post("/keptn")
                .then()
                .statusCode(400)
                .body("message", containsString("type"));
    }
}
