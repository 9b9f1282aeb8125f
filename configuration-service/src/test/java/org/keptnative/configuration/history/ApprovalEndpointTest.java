package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.util.HashMap;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.keptnative.configuration.history.Api.event;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.post;
import static org.keptnative.configuration.history.Api.service;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class ApprovalEndpointTest {

    private static final String APPROVALS = "/v1/project/{p}/stage/{st}/service/{s}/approval";

    /** As gatekeeper-service writes times. */
    private static final String TIME = "2020-11-16 10:00:00.123456789 +0000 UTC m=+12.3";

    private String project;

    @BeforeEach
    void create_a_project() {
        project = newProject("carts");
    }

    @Test
    void an_approval_is_opened_shown_and_closed_by_calls() {
        open(approval("a1")).statusCode(200).body(emptyString());

        Api.get(APPROVALS + "/a1", project, "dev", "carts").statusCode(200).body("", equalTo(approval("a1")));
        Api.get(APPROVALS, project, "dev", "carts")
                .statusCode(200)
                .body("approvals", contains(approval("a1")))
                .body("nextPageKey", equalTo("0"))
                .body("totalCount", equalTo(1));
        service(project).body("openApprovals", contains(approval("a1")));

        close("a1").statusCode(200).body(emptyString());
        Api.get(APPROVALS, project, "dev", "carts").body("approvals", empty()).body("totalCount", equalTo(0));
        service(project).body("openApprovals", empty());
        close("a1").statusCode(404).body("message", equalTo("Could not close approval: open approval not found"));
    }

    @Test
    void the_same_event_makes_one_entry_by_whatever_way_it_comes() {
        post(event(project, "sh.keptn.event.approval.triggered").with("id", "a1"));
        open(approval("a1")).statusCode(200);
        open(approval("a1")).statusCode(200);
        post(event(project, "sh.keptn.event.approval.triggered").with("id", "a1"));
        service(project).body("openApprovals.eventId", contains("a1"));

        open(approval("a2")).statusCode(200);
        post(event(project, "sh.keptn.event.approval.triggered").with("id", "a2"));
        service(project).body("openApprovals.eventId", contains("a1", "a2"));

        close("a1").statusCode(200);
        post(event(project, "sh.keptn.event.approval.triggered").with("id", "a1"));
        post(event(project, "sh.keptn.event.approval.finished").with("triggeredid", "a2"));
        service(project).body("openApprovals", empty());
    }

    @Test
    void a_list_comes_in_pages() {
        for (int i = 1; i <= 5; i++) {
            open(approval("a" + i)).statusCode(200);
        }

        given().queryParam("pageSize", 2)
                .get(APPROVALS, project, "dev", "carts")
                .then()
                .body("approvals.eventId", contains("a1", "a2"))
                .body("nextPageKey", equalTo("2"))
                .body("totalCount", equalTo(5));
        given().queryParam("pageSize", 2)
                .queryParam("nextPageKey", "4")
                .get(APPROVALS, project, "dev", "carts")
                .then()
                .body("approvals.eventId", contains("a5"))
                .body("nextPageKey", equalTo("0"));
        given().queryParam("pageSize", 51)
                .get(APPROVALS, project, "dev", "carts")
                .then()
                .statusCode(422);
    }

    @Test
    void an_approval_that_is_not_open_cannot_be_got() {
        Api.get(APPROVALS + "/a1", project, "dev", "carts")
                .statusCode(404)
                .body("message", equalTo("Service not found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b c", "$ne", "a.b", "%2F", "größe"})
    void any_event_id_will_do(String id) {
        open(approval(id)).statusCode(200);

        Api.get(APPROVALS + "/{id}", project, "dev", "carts", id).body("eventId", equalTo(id));
        close(id).statusCode(200);
    }

    @Test
    void an_approval_of_which_too_much_would_be_remembered_is_refused() {
        Map<String, String> huge = new HashMap<>(approval("a1"));
        huge.put("image", "x".repeat(301));

        open(huge).statusCode(400).body("code", equalTo(400)).body("message", not(blankOrNullString()));

        service(project).body("openApprovals", empty());
    }

    private ValidatableResponse open(Map<String, String> approval) {
        return given().contentType("application/json; charset=utf-8")
                .body(approval)
                .post(APPROVALS, project, "dev", "carts")
                .then();
    }

    private ValidatableResponse close(String eventId) {
        return given().delete(APPROVALS + "/{id}", project, "dev", "carts", eventId)
                .then();
    }

    private static Map<String, String> approval(String eventId) {
        return Map.of(
                "eventId", eventId,
                "keptnContext", "08735340-6f9e-4b32-97ff-3b6c292bc509",
                "time", TIME,
                "image", "docker.io/acme/carts",
                "tag", "0.12.1");
    }
}
