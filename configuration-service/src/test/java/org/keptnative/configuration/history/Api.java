package org.keptnative.configuration.history;

import io.restassured.response.ValidatableResponse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.restassured.RestAssured.given;

/** The calls that most tests of this package make. */
final class Api {

    private Api() {}

    /** A new project with the stages dev and production, both with these services. */
    static String newProject(String... services) {
        String project = "p-" + UUID.randomUUID();
        given().contentType("application/json")
                .body(Map.of(
                        "projectName",
                        project,
                        "stages",
                        List.of(Map.of("stageName", "dev"), Map.of("stageName", "production"))))
                .post("/v1/project")
                .then()
                .statusCode(204);
        Arrays.stream(services).forEach(service -> createService(project, service));
        return project;
    }

    static void createService(String project, String service) {
        given().contentType("application/json")
                .body(Map.of("serviceName", service))
                .post("/v1/project/{p}/service", project)
                .then()
                .statusCode(204);
    }

    static ValidatableResponse get(String path, Object... parameters) {
        return given().get(path, parameters).then();
    }

    static ValidatableResponse service(String project) {
        return get("/v1/project/{p}/stage/dev/service/carts", project).statusCode(200);
    }

    static ValidatableResponse post(Object event) {
        return given().contentType("application/cloudevents+json; charset=utf-8")
                .body(event)
                .post("/v1/event")
                .then();
    }

    static TestEvent event(String project, String type) {
        return new TestEvent(project, type);
    }
}
