package org.keptnative.datastore.event;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class StoreAndFindTest {

    private static final String EVENT = """
            {"id":"e1","source":"test","specversion":"0.2","type":"sh.keptn.event.x","shkeptncontext":"c1",
             "time":"2026-01-01T00:00:00.000Z","contenttype":"application/json",
             "data":{"project":"p1","stage":"dev","service":"carts","eventContext":{"token":"secret"}}}""";

    @Test
    void an_event_is_stored_once_found_and_delivered() {
        for (int i = 0; i < 2; i++) {
            given().contentType("application/cloudevents+json")
                    .body(EVENT)
                    .post("/event")
                    .then()
                    .statusCode(201)
                    .body(emptyString());
        }
        for (String query : new String[] {
            "project=p1",
            "keptnContext=c1",
            "project=p1&root=true&service=carts",
            "eventID=e1&project=p1",
            "project=p1&type=sh.keptn.event.x&stage=dev",
            "project=p1&source=test",
            "project=p1&fromTime=2025-12-31T23:59:59.999Z"
        }) {
            given().get("/event?" + query)
                    .then()
                    .statusCode(200)
                    .body("totalCount", equalTo(1))
                    .body("pageSize", equalTo(20))
                    .body("nextPageKey", nullValue())
                    .body("events.id", contains("e1"))
                    .body("events[0].data.eventContext", nullValue());
        }
        given().get("/event?project=p1&fromTime=2026-01-01T00:00:00Z").then().body("totalCount", equalTo(0));
        await().untilAsserted(() -> assertThat(FollowerTestResource.received())
                .singleElement()
                .asString()
                .contains("\"id\":\"e1\"")
                .doesNotContain("secret"));
    }
}
