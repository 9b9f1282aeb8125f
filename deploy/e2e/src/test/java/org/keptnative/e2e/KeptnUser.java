package org.keptnative.e2e;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.keptnative.e2e.installation.Installation;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

/** What people and tools do with an installation, through its gateway. Every step checks the answer it gets. */
public final class KeptnUser {

    private static final String CONFIGURATION = "/api/configuration-service/v1";

    private final Installation installation;

    public KeptnUser(Installation installation) {
        this.installation = installation;
    }

    /** Creates a project with the sample shipyard and waits until its three stages are there. */
    public void createProject(String project) {
        installation
                .client()
                .contentType("application/json")
                .body(Map.of("name", project, "shipyard", Samples.base64("shipyard.yaml")))
                .post("/api/v1/project")
                .then()
                .statusCode(200)
                .body("keptnContext", matchesPattern("[0-9a-f-]{36}"))
                .body("token", not(emptyString()));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> stages(project), List.of("dev", "staging", "production")::equals);
    }

    /** Creates a service and waits until it is in all stages. */
    public void createService(String project, String service) {
        installation
                .client()
                .contentType("application/json")
                .body(Map.of("serviceName", service))
                .post("/api/v1/project/" + project + "/service")
                .then()
                .statusCode(200)
                .body("keptnContext", matchesPattern("[0-9a-f-]{36}"));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            for (String stage : stages(project)) {
                getService(project, stage, service).then().statusCode(200);
            }
        });
    }

    /** The stages of a project in their order; empty when there is no such project. */
    public List<String> stages(String project) {
        Response response = installation.client().get(CONFIGURATION + "/project/" + project);
        return response.statusCode() == 404 ? List.of() : response.jsonPath().getList("stages.stageName");
    }

    public Response getService(String project, String stage, String service) {
        return installation
                .client()
                .get(CONFIGURATION + "/project/" + project + "/stage/" + stage + "/service/" + service);
    }

    /**
     * Stores a file and returns the id of the commit.
     *
     * @param place the path below the project, for example {@code /stage/dev/service/carts}; empty for the project itself
     */
    public String store(String project, String place, String uri, byte[] content) {
        return installation
                .client()
                .contentType("application/json")
                .body(Map.of(
                        "resources",
                        List.of(Map.of(
                                "resourceURI",
                                uri,
                                "resourceContent",
                                Base64.getEncoder().encodeToString(content)))))
                .post(CONFIGURATION + "/project/" + project + place + "/resource")
                .then()
                .statusCode(201)
                .body("version", matchesPattern("[0-9a-f]{40}"))
                .extract()
                .path("version");
    }

    /**
     * Reads a file.
     *
     * @param uri as it goes into the request line, for example {@code jmeter%2Fload.jmx}
     */
    public byte[] read(String project, String place, String uri) {
        String content = installation
                .client()
                .get(CONFIGURATION + "/project/" + project + place + "/resource/" + uri)
                .then()
                .statusCode(200)
                .extract()
                .path("resourceContent");
        return Base64.getDecoder().decode(content);
    }

    /** Sends an event and returns its keptnContext. */
    public String send(String event) {
        return installation
                .client()
                .contentType("application/cloudevents+json")
                .body(event)
                .post("/api/v1/event")
                .then()
                .statusCode(200)
                .body("token", not(emptyString()))
                .extract()
                .path("keptnContext");
    }

    /**
     * Events of the log, newest first.
     *
     * @param query of the request line, without the question mark
     */
    public List<Map<String, Object>> events(String query) {
        JsonPath page = installation
                .client()
                .get("/api/mongodb-datastore/event?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return page.getList("events");
    }

    /** Deletes a project and waits until it and its events are gone. */
    public void deleteProject(String project) {
        installation.client().delete("/api/v1/project/" + project).then().statusCode(200);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            installation
                    .client()
                    .get(CONFIGURATION + "/project/" + project)
                    .then()
                    .statusCode(404);
            installation
                    .client()
                    .get("/api/mongodb-datastore/event?project=" + project)
                    .then()
                    .statusCode(200)
                    .body("events.size()", org.hamcrest.Matchers.is(0));
        });
    }
}
