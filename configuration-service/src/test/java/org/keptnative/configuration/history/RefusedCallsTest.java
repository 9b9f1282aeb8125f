package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.configuration.MongoTestResource;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.service;

/** What calls that open, show or close approvals and remediations have in common. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class RefusedCallsTest {

    private static final String ENTRIES = "/v1/project/{p}/stage/{st}/service/{s}/{kind}";

    @ParameterizedTest
    @CsvSource({
        "approval,    unknown, dev,     carts,   404, Project not found, Project not found",
        "approval,           , unknown, carts,   400, Service not found, Could not close approval: service not found",
        "approval,           , dev,     unknown, 400, Service not found, Could not close approval: service not found",
        "remediation, unknown, dev,     carts,   404, Project not found, Project not found",
        "remediation,        , unknown, carts,   400, Service not found, Could not close remediation: service not found",
        "remediation,        , dev,     unknown, 400, Service not found, Could not close remediation: service not found",
    })
    void what_does_not_exist_has_none(
            String kind,
            String project,
            String stage,
            String service,
            int closingStatus,
            String message,
            String closingMessage) {
        Object[] path = {project == null ? newProject("carts") : project, stage, service, kind};

        Api.get(ENTRIES, path).statusCode(404).body("message", equalTo(message));
        Api.get(ENTRIES + "/a1", path).statusCode(404).body("message", equalTo(message));
        given().contentType("application/json")
                .body("{\"eventId\":\"a1\"}")
                .post(ENTRIES, path)
                .then()
                .statusCode(404)
                .body("message", equalTo(message));
        given().delete(ENTRIES + "/a1", path).then().statusCode(closingStatus).body("message", equalTo(closingMessage));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "null",
                "[]",
                "{",
                "{}",
                "{\"eventId\":\"\"}",
                "{\"eventId\":{\"$gt\":\"\"}}",
                "{\"eventId\":[\"x\"]}"
            })
    void a_body_that_names_no_event_is_refused(String body) {
        String project = newProject("carts");

        for (String kind : new String[] {"approval", "remediation"}) {
            given().contentType("application/json")
                    .body(body)
                    .post(ENTRIES, project, "dev", "carts", kind)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo(400))
                    .body("message", not(blankOrNullString()));
        }

        service(project).body("openApprovals", empty()).body("openRemediations", empty());
    }
}
