package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;

import java.util.List;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.keptnative.configuration.history.Api.event;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.post;
import static org.keptnative.configuration.history.Api.service;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(EventLogResource.class)
class RebuildTest {

    private static final int RUNS = 30;

    @Inject
    HistoryStore store;

    @AfterEach
    void end_any_failure() {
        EventLogResource.status = 200;
    }

    @Test
    void all_documents_come_back_as_they_were() {
        String project = newProject("carts", "orders");
        for (int run = 0; run < RUNS; run++) {
            for (String service : List.of("carts", "orders")) {
                happens(event(project, "sh.keptn.events.deployment-finished")
                        .data("service", service)
                        .data("image", "i")
                        .data("tag", "0." + run)
                        .at(run));
                happens(event(project, "sh.keptn.event.approval.triggered")
                        .data("service", service)
                        .with("id", service + run)
                        .at(run));
                happens(event(project, "sh.keptn.event.remediation.triggered")
                        .data("service", service)
                        .with("shkeptncontext", "c" + run)
                        .at(run));
                if (run % 2 == 0) {
                    happens(event(project, "sh.keptn.event.approval.finished")
                            .data("service", service)
                            .with("triggeredid", service + run)
                            .at(run + 1));
                    happens(event(project, "sh.keptn.event.remediation.finished")
                            .data("service", service)
                            .with("shkeptncontext", "c" + run)
                            .at(run + 1));
                }
            }
        }
        Map<String, Object> before = read(project);
        store.forgetProject(project);
        assertThat(read(project)).isNotEqualTo(before);

        rebuild(project, 200, RUNS * 8);

        assertThat(read(project)).isEqualTo(before);
        rebuild(project, 200, RUNS * 8);
        assertThat(read(project)).isEqualTo(before);
    }

    @Test
    void what_the_log_does_not_know_stays() {
        String project = newProject("carts");
        post(event(project, "t").with("id", "unlogged"));

        rebuild(project, 200, 0);

        service(project).body("lastEventTypes.t.eventId", equalTo("unlogged"));
    }

    @Test
    void events_that_concern_no_service_are_ignored() {
        String project = newProject("carts");
        EventLogResource.EVENTS.add(event(project, "t").data("service", "deleted"));
        EventLogResource.EVENTS.add(event(project, "t").data("stage", ""));
        EventLogResource.EVENTS.add(event(project, ""));
        EventLogResource.EVENTS.add(event(project, "t").with("time", "yesterday"));
        EventLogResource.EVENTS.add(event(project, "t"));

        given().post("/v1/project/{p}/history", project)
                .then()
                .statusCode(200)
                .body("events", equalTo(5))
                .body("ignored", equalTo(4));

        service(project).body("lastEventTypes.size()", equalTo(1));
    }

    @Test
    void an_unknown_project_has_no_history() {
        given().post("/v1/project/unknown/history")
                .then()
                .statusCode(404)
                .body("message", equalTo("Project not found"));
    }

    @Test
    void an_event_log_that_fails_is_said_so() {
        String project = newProject("carts");
        EventLogResource.status = 500;

        given().post("/v1/project/{p}/history", project)
                .then()
                .statusCode(503)
                .body("code", equalTo(503))
                .body(
                        "message",
                        equalTo("mongodb-datastore does not answer; what it said so far is taken in,"
                                + " so try again later"));

        service(project).body("lastEventTypes", nullValue());
    }

    /** Logged and delivered. */
    private static void happens(TestEvent event) {
        EventLogResource.EVENTS.add(event);
        post(event).statusCode(200);
    }

    private static void rebuild(String project, int status, int events) {
        given().post("/v1/project/{p}/history", project)
                .then()
                .statusCode(status)
                .body("events", equalTo(events))
                .body("ignored", equalTo(0));
    }

    private static Map<String, Object> read(String project) {
        return Api.get("/v1/project/{p}", project).statusCode(200).extract().path("");
    }
}
