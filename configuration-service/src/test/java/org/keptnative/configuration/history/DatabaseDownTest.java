package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.keptnative.configuration.history.Api.event;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.post;
import static org.keptnative.configuration.history.Api.service;

/** The service starts without its database, says so, works with Git meanwhile, and recovers by itself. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(StoppableDatabase.class)
class DatabaseDownTest {

    @Inject
    HistoryStore store;

    @TestHTTPResource(value = "/health/live", management = true)
    URL live;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    @Test
    void a_database_that_goes_and_comes_is_no_reason_to_restart() {
        String project = newProject("carts", "orders");
        given().get(live).then().statusCode(200);
        database_is(false);
        what_needs_the_database_is_unavailable(project);
        what_is_in_git_can_be_read_and_changed(project);

        StoppableDatabase.up();
        await().atMost(30, SECONDS).untilAsserted(() -> database_is(true));
        await().atMost(30, SECONDS).untilAsserted(() -> assertThat(indexes()).contains("project_stage_service"));
        post(event(project, "t")).statusCode(200);
        await().atMost(30, SECONDS).untilAsserted(() -> service(project).body("lastEventTypes", hasKey("t")));

        StoppableDatabase.down();
        what_needs_the_database_is_unavailable(project);
        service(project).body("lastEventTypes", hasKey("t"));

        StoppableDatabase.up();
        await().atMost(30, SECONDS)
                .untilAsserted(() -> post(event(project, "t")).statusCode(200));
    }

    /** The service is ready either way, since what is in Git can be read and changed. */
    private void database_is(boolean reachable) {
        given().get(ready)
                .then()
                .statusCode(200)
                .body("checks.find{it.name == 'MongoDB'}.data.reachable", equalTo(reachable));
    }

    private static void what_needs_the_database_is_unavailable(String project) {
        post(event(project, "t"))
                .statusCode(503)
                .body("code", equalTo(503))
                .body("message", containsString("database"));
        Api.get("/v1/project/{p}/stage/dev/service/carts/approval", project)
                .statusCode(503)
                .body("message", containsString("database"));
    }

    private static void what_is_in_git_can_be_read_and_changed(String project) {
        Api.get("/v1/project/{p}/stage/dev/resource", project).statusCode(200);
        service(project).body("serviceName", equalTo("carts")).body("openApprovals", empty());
        Api.get("/v1/project/{p}", project).statusCode(200).body("stages.stageName", contains("dev", "production"));
        given().delete("/v1/project/{p}/service/orders", project).then().statusCode(204);
        // What does not exist is known without the database.
        post(event(project, "t").data("service", "orders")).statusCode(200).body("remembered", equalTo(false));
    }

    private List<String> indexes() {
        List<String> names = new ArrayList<>();
        store.mongoCollection()
                .listIndexes()
                .map((Document index) -> index.getString("name"))
                .into(names);
        return names;
    }
}
