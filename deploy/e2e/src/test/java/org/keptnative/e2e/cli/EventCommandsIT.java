package org.keptnative.e2e.cli;

import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.keptnative.e2e.cli.KeptnCli.CONFIGURATION;
import static org.keptnative.e2e.cli.KeptnCli.EVENTS;

/** {@code keptn send event}, {@code keptn get event}, {@code keptn configure monitoring}. */
class EventCommandsIT {

    private static final String EVALUATION_DONE = "sh.keptn.events.evaluation-done";

    private final KeptnCli cli = new KeptnCli(Installation.shared());
    private final String project = Samples.uniqueName("shop");

    @BeforeEach
    void createService() {
        cli.run("POST", "/api/v1/project", Map.of("name", project, "shipyard", Samples.base64("shipyard.yaml")));
        cli.run("POST", "/api/v1/project/" + project + "/service", Map.of("serviceName", "carts"));
    }

    @Test
    void sendEventFromAFile() {
        String context = send(Samples.event("deployment-finished", sample()));
        assertThat(newest("&type=sh.keptn.events.deployment-finished").getString("shkeptncontext"))
                .isEqualTo(context);
    }

    @Test
    void sendNewArtifact() {
        Map<String, Object> data = new HashMap<>(Map.of(
                "project",
                project,
                "service",
                "carts",
                "stage",
                "",
                "valuesCanary",
                Map.of("image", "docker.io/keptnexamples/carts:0.11.1"),
                "canary",
                Map.of("action", "set", "value", 100)));
        data.put("labels", null);
        String context = send(event("sh.keptn.event.configuration.change", data));

        JsonPath stored = newest("&type=sh.keptn.event.configuration.change");
        assertThat(stored.getString("shkeptncontext")).isEqualTo(context);
        assertThat(stored.getInt("data.canary.value")).isEqualTo(100);
    }

    @Test
    void startEvaluation() {
        String path = "/api/v1/project/" + project + "/stage/dev/service/carts/evaluation";
        cli.send(
                        "POST",
                        path,
                        Map.of(
                                "start", "2020-05-01T10:00:00",
                                "end", "2020-05-01T10:05:00",
                                "labels", Map.of("build", "42")))
                .statusCode(200)
                .body("keptnContext", not(emptyOrNullString()));

        JsonPath stored = newest("&type=sh.keptn.event.start-evaluation");
        assertThat(stored.getString("data.start")).isEqualTo("2020-05-01T10:00:00.000Z");
        assertThat(stored.getString("data.end")).isEqualTo("2020-05-01T10:05:00.000Z");
        cli.send("POST", path, Map.of("start", "2020-05-01T10:00:00", "end", "2020-05-01T10:00:01"))
                .statusCode(400)
                .body("message", equalTo("end date must be at least 1 minute after start date"));
        cli.send("POST", path.replace("carts", "none"), Map.of("timeframe", "5m"))
                .statusCode(400)
                .body("message", equalTo("Service not found"));
    }

    @Test
    void approveById() {
        send(Samples.event("approval-triggered", sample()));
        String id = newest("&type=sh.keptn.event.approval.triggered").getString("id");

        JsonPath triggered = JsonPath.from(cli.get(EVENTS + "?project=" + project + "&stage=dev&eventID=" + id
                        + "&type=sh.keptn.event.approval.triggered")
                .statusCode(200)
                .body("events.size()", equalTo(1))
                .extract()
                .asString());
        Map<String, Object> data = triggered.getMap("events[0].data");
        data.put("approval", Map.of("result", "pass", "status", "succeeded"));
        Map<String, Object> finished = event("sh.keptn.event.approval.finished", data);
        finished.put("shkeptncontext", triggered.getString("events[0].shkeptncontext"));
        finished.put("triggeredid", id);
        send(finished);

        JsonPath stored = newest("&type=sh.keptn.event.approval.finished");
        assertThat(stored.getString("triggeredid")).isEqualTo(id);
        assertThat(stored.getString("shkeptncontext")).isEqualTo(triggered.getString("events[0].shkeptncontext"));
        assertThat(stored.getString("data.approval.result")).isEqualTo("pass");
    }

    @Test
    void getEventsOfAType() {
        send(Samples.event("tests-finished", sample()));
        String latest = send(Samples.event("tests-finished", sample()));
        cli.get(EVENTS + "?project=" + project
                        + "&type=sh.keptn.events.tests-finished&stage=dev&service=carts&pageSize=1")
                .statusCode(200)
                .body("events.size()", equalTo(1))
                .body("events[0].shkeptncontext", equalTo(latest));
    }

    @Test
    void getEvaluationDoneByItsContextAlone() {
        String context = send(Samples.event("evaluation-done", sample()));
        cli.get(EVENTS + "?keptnContext=" + context + "&type=" + EVALUATION_DONE)
                .statusCode(200)
                .body("events[0].data.project", equalTo(project));
        cli.get("/api/v1/event?keptnContext=" + context + "&type=" + EVALUATION_DONE + "&pageSize=10")
                .statusCode(200)
                .body("data.project", equalTo(project));
    }

    @Test
    void getOpenApprovals() {
        send(Samples.event("approval-triggered", sample()));
        String id = newest("&type=sh.keptn.event.approval.triggered").getString("id");
        cli.get(EVENTS + "?project=" + project + "&stage=dev&service=carts&eventID=" + id)
                .statusCode(200)
                .body("events[0].id", equalTo(id));
        cli.get(CONFIGURATION + "/project/" + project + "/stage/dev/service/carts")
                .statusCode(200)
                .body("openApprovals", not(equalTo(null)));
    }

    @Test
    void configureMonitoring() {
        send(event(
                "sh.keptn.event.monitoring.configure",
                Map.of("type", "prometheus", "project", project, "service", "carts")));
        assertThat(newest("&type=sh.keptn.event.monitoring.configure").getString("data.type"))
                .isEqualTo("prometheus");
    }

    @Test
    void anEventThatIsNoneIsExplained() {
        cli.send("POST", "/api/v1/event", Map.of("type", "t", "source", "s"))
                .statusCode(422)
                .body("message", containsString("data"));
    }

    private String send(Object event) {
        return cli.send("POST", "/api/v1/event", event)
                .statusCode(200)
                .body("token", not(emptyOrNullString()))
                .extract()
                .path("keptnContext");
    }

    private JsonPath newest(String query) {
        String path = EVENTS + "?project=" + project + query + "&pageSize=1";
        await().untilAsserted(() -> cli.get(path).statusCode(200).body("events.size()", equalTo(1)));
        return JsonPath.from(cli.get(path).extract().asString()).setRootPath("events[0]");
    }

    private Map<String, String> sample() {
        return Map.of("project", project, "stage", "dev", "service", "carts");
    }

    private static Map<String, Object> event(String type, Map<String, Object> data) {
        return new HashMap<>(Map.of(
                "contenttype",
                "application/json",
                "source",
                "https://github.com/keptn/keptn/cli",
                "type",
                type,
                "data",
                data));
    }
}
