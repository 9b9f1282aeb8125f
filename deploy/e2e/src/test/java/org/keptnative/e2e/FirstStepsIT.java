package org.keptnative.e2e;

import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.e2e.installation.Installation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;

/** The way of a first project: stages, a service, files, events, and its end. */
class FirstStepsIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Installation installation = Installation.shared();
    private final KeptnUser user = new KeptnUser(installation);
    private final String project = Samples.uniqueName("sockshop");

    @Test
    void theTokenIsGood() {
        installation.client().post("/api/v1/auth").then().statusCode(200);
    }

    @Test
    void aProjectHasTheStagesOfItsShipyardAndTheShipyardItself() {
        user.createProject(project);

        assertThat(user.stages(project)).containsExactly("dev", "staging", "production");
        assertThat(user.read(project, "", "shipyard.yaml")).isEqualTo(Samples.bytes("shipyard.yaml"));
    }

    @Test
    void aServiceAppearsInEveryStage() {
        user.createProject(project);

        user.createService(project, "carts");

        for (String stage : List.of("dev", "staging", "production")) {
            installation
                    .client()
                    .get("/api/configuration-service/v1/project/" + project + "/stage/" + stage + "/service")
                    .then()
                    .statusCode(200)
                    .body("services.serviceName", equalTo(List.of("carts")));
        }
    }

    @ParameterizedTest
    @CsvSource({"slo.yaml, slo.yaml", "sli.yaml, prometheus/sli.yaml", "load.jmx, jmeter/load.jmx"})
    void aFileComesBackByteByByte(String sample, String uri) {
        user.createProject(project);
        user.createService(project, "carts");

        String version = user.store(project, "/stage/dev/service/carts", uri, Samples.bytes(sample));

        assertThat(user.read(project, "/stage/dev/service/carts", uri.replace("/", "%2F")))
                .isEqualTo(Samples.bytes(sample));
        assertThat(user.store(project, "/stage/dev/service/carts", uri, Samples.bytes(sample)))
                .as("the same content again is no new version")
                .isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "configuration-change", "deployment-finished", "tests-finished", "evaluation-done",
                "approval-triggered", "approval-finished", "evaluation-invalidated", "problem-open"
            })
    void anEventIsInTheLogAndInTheServicesHistory(String kind) {
        user.createProject(project);
        user.createService(project, "carts");
        String event = Samples.event(
                kind,
                Map.of(
                        "project", project,
                        "stage", "dev",
                        "service", "carts",
                        "triggeredid", "7c2c890f-b3ac-4caa-8922-f44d2aa54ec9",
                        "context", "da7aec34-78c4-4182-a2c8-51eb88f5871d"));
        String type = JsonPath.from(event).getString("type");
        Instant before = Instant.now().minusSeconds(1);

        String context = user.send(event);

        await().atMost(SOON)
                .until(() -> user.events("project=" + project + "&type=" + type), found -> !found.isEmpty());
        Map<String, Object> stored =
                user.events("project=" + project + "&type=" + type).get(0);
        assertThat(stored).containsEntry("shkeptncontext", context).containsEntry("type", type);
        assertThat(stored.get("id")).isNotEqualTo("4f9a1d9f-9e0c-4a5f-8b7e-3f3f0a1ab3c1");
        assertThat(Instant.parse((String) stored.get("time"))).isAfter(before);
        Map<String, Object> sent = JsonPath.from(event).getMap("data");
        Map<String, Object> data = new HashMap<>(asMap(stored.get("data")));
        data.remove("eventContext");
        sent.remove("eventContext");
        assertThat(data).isEqualTo(sent);
        await().atMost(SOON)
                .untilAsserted(() -> user.getService(project, "dev", "carts")
                        .then()
                        .statusCode(200)
                        .body("lastEventTypes", hasKey(type))
                        .body("lastEventTypes.'" + type + "'.keptnContext", equalTo(context))
                        .body("lastEventTypes.'" + type + "'.eventId", equalTo(stored.get("id"))));
    }

    @Test
    void aFileAndAnEventMayHaveTwentyMegabytes() {
        user.createProject(project);
        user.createService(project, "carts");
        byte[] file = new byte[20_000_000];
        new Random(1).nextBytes(file);
        String text = "x".repeat(20_000_000);
        String type = "sh.keptn.event.large";

        user.store(project, "/stage/dev/service/carts", "large.bin", file);
        String context = user.send("""
                {"type": "%s", "source": "test", "data":
                    {"project": "%s", "stage": "dev", "service": "carts", "text": "%s"}}""".formatted(type, project, text));

        assertThat(user.read(project, "/stage/dev/service/carts", "large.bin")).isEqualTo(file);
        Map<String, Object> stored =
                user.events("project=" + project + "&type=" + type).get(0);
        assertThat(asMap(stored.get("data")).get("text").equals(text)).isTrue();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> user.getService(project, "dev", "carts")
                        .then()
                        .body("lastEventTypes.'" + type + "'.keptnContext", equalTo(context)));
    }

    @Test
    void aDeploymentIsShownAtItsService() {
        user.createProject(project);
        user.createService(project, "carts");

        user.send(Samples.event(
                "deployment-finished", Map.of("project", project, "stage", "staging", "service", "carts")));

        await().atMost(SOON)
                .untilAsserted(() -> user.getService(project, "staging", "carts")
                        .then()
                        .body("deployedImage", equalTo("docker.io/keptnexamples/carts:0.11.1")));
    }

    @Test
    void aDeletedProjectIsGoneWithItsEventsAndItsNameIsFree() {
        user.createProject(project);
        user.createService(project, "carts");
        user.send(Samples.event("problem-open", Map.of("project", project, "stage", "dev", "service", "carts")));

        user.deleteProject(project);

        user.createProject(project);
        assertThat(user.getService(project, "dev", "carts").statusCode()).isEqualTo(404);
    }

    @Test
    void theApiLeadsToTheSwaggerUi() {
        installation
                .stranger()
                .get("/api")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("SwaggerUIBundle"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object json) {
        return (Map<String, Object>) json;
    }
}
