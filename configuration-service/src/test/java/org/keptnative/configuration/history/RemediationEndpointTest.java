package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;

import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.history.Api.event;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.post;
import static org.keptnative.configuration.history.Api.service;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class RemediationEndpointTest {

    private static final String REMEDIATIONS = "/v1/project/{p}/stage/{st}/service/{s}/remediation";

    private String project;

    @BeforeEach
    void create_a_project() {
        project = newProject("carts");
    }

    @Test
    void remediations_are_opened_shown_and_closed_by_context() {
        open(remediation("r1", "c1")).statusCode(200).body(emptyString());
        open(remediation("r2", "c1")).statusCode(200);
        open(remediation("r3", "c2")).statusCode(200);

        Api.get(REMEDIATIONS, project, "dev", "carts")
                .statusCode(200)
                .body("remediations.eventId", contains("r1", "r2", "r3"))
                .body("remediations[0]", equalTo(remediation("r1", "c1")))
                .body("totalCount", equalTo(3))
                .body("nextPageKey", equalTo("0"));
        Api.get(REMEDIATIONS + "/c1", project, "dev", "carts")
                .statusCode(200)
                .body("remediations.eventId", contains("r1", "r2"))
                .body("totalCount", equalTo(2));
        given().queryParam("pageSize", 1)
                .queryParam("nextPageKey", 1)
                .get(REMEDIATIONS + "/c1", project, "dev", "carts")
                .then()
                .body("remediations.eventId", contains("r2"));
        service(project).body("openRemediations.eventId", contains("r1", "r2", "r3"));

        close("c1").statusCode(200).body(emptyString());
        service(project).body("openRemediations.eventId", contains("r3"));
        close("c1").statusCode(404).body("message", equalTo("Could not close remediation: open remediation not found"));
    }

    @Test
    void an_unknown_context_has_no_remediations() {
        Api.get(REMEDIATIONS + "/c1", project, "dev", "carts")
                .statusCode(200)
                .body("remediations", empty())
                .body("nextPageKey", equalTo("0"));
    }

    @Test
    void the_same_event_makes_one_entry_by_whatever_way_it_comes() {
        TestEvent triggered = event(project, "sh.keptn.event.remediation.triggered")
                .with("id", "r1")
                .with("shkeptncontext", "c1");
        post(triggered);
        open(remediation("r1", "c1")).statusCode(200);
        service(project).body("openRemediations.eventId", contains("r1"));

        close("c1").statusCode(200);
        post(triggered);
        service(project).body("openRemediations", empty());
    }

    private ValidatableResponse open(Map<String, String> remediation) {
        return given().contentType("application/json")
                .body(remediation)
                .post(REMEDIATIONS, project, "dev", "carts")
                .then();
    }

    private ValidatableResponse close(String keptnContext) {
        return given().delete(REMEDIATIONS + "/{c}", project, "dev", "carts", keptnContext)
                .then();
    }

    private static Map<String, String> remediation(String eventId, String keptnContext) {
        return Map.of(
                "eventId", eventId,
                "keptnContext", keptnContext,
                "time", "2020-11-16 10:00:00 +0000 UTC",
                "type", "sh.keptn.event.remediation.status.changed",
                "action", "scaling");
    }
}
