package org.keptnative.e2e.bus;

import io.restassured.response.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.cli.KeptnCli;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Nats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/**
 * Whole flows with services that work as Keptn's own. After each, every event is once in the log and once on the bus, in
 * the order in which it happened, although an original distributor brings each of them back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherServicesIT {

    private static final Duration FLOW = Duration.ofSeconds(60);
    private static final String CONFIGURATION_CHANGE = "sh.keptn.event.configuration.change";
    private static final String DEPLOYMENT_FINISHED = "sh.keptn.events.deployment-finished";
    private static final String START_EVALUATION = "sh.keptn.event.start-evaluation";
    private static final String TESTS_FINISHED = "sh.keptn.events.tests-finished";
    private static final String GET_SLI = "sh.keptn.internal.event.get-sli";
    private static final String GET_SLI_DONE = "sh.keptn.internal.event.get-sli.done";
    private static final String EVALUATION_DONE = "sh.keptn.events.evaluation-done";
    private static final String APPROVAL_TRIGGERED = "sh.keptn.event.approval.triggered";
    private static final String APPROVAL_FINISHED = "sh.keptn.event.approval.finished";

    /** What comes of a change in a stage, and of a good evaluation where nobody has to be asked. */
    private static final List<String> DEPLOYED_AND_EVALUATED =
            List.of(CONFIGURATION_CHANGE, DEPLOYMENT_FINISHED, TESTS_FINISHED, GET_SLI, GET_SLI_DONE, EVALUATION_DONE);

    private static final List<String> APPROVED = List.of(APPROVAL_TRIGGERED, APPROVAL_FINISHED);

    private Nats nats;
    private Installation installation;
    private KeptnUser user;
    private KeptnCli cli;
    private Bus bus;
    private Distributor distributor;
    private List<KeptnService> services;

    @BeforeAll
    void start() throws Exception {
        nats = new Nats(Files.createTempDirectory(Files.createDirectories(Path.of("target", "nats")), "")
                .toAbsolutePath());
        nats.start();
        installation = Installation.start(nats.environment());
        user = new KeptnUser(installation);
        cli = new KeptnCli(installation);
        bus = new Bus(nats.url());
        distributor = new Distributor(installation);
        distributor.listen(bus);
        services = List.of(
                new Jmeter(installation),
                new Lighthouse(installation),
                new Helm(installation),
                new Gatekeeper(installation),
                new RemediationService(installation));
        services.forEach(service -> service.listen(bus));
    }

    @AfterEach
    void nothingWentWrongInTheServices() {
        assertThat(services)
                .allSatisfy(service -> assertThat(service.failures()).isEmpty());
        assertThat(distributor.statuses()).isNotEmpty().allMatch(status -> status / 100 == 2);
    }

    @AfterAll
    void stop() throws Exception {
        services.forEach(KeptnService::close);
        bus.close();
        installation.close();
        nats.close();
    }

    @Test
    void aQualityGate() {
        String gate = createProject("dev", "automatic");

        Response answer = cli.send(
                        "POST",
                        "/api/v1/project/" + gate + "/stage/dev/service/carts/evaluation",
                        Map.of("start", "2020-05-01T10:00:00", "end", "2020-05-01T10:05:00"))
                .statusCode(200)
                .extract()
                .response();

        assertThat(cli.follow(answer)).containsExactly("INFO tested in dev", "INFO evaluation: pass", "END");
        assertOnceEverywhere(gate, answer, START_EVALUATION, TESTS_FINISHED, GET_SLI, GET_SLI_DONE, EVALUATION_DONE);
        user.getService(gate, "dev", "carts").then().body("lastEventTypes.size()", equalTo(5));
    }

    @Test
    void anArtefactThroughThreeStages() {
        String shop = createProject("dev", "automatic", "staging", "automatic", "production", "automatic");

        Response answer = announce(shop);

        assertThat(cli.follow(answer))
                .contains("INFO deployed in dev", "INFO deployed in staging", "INFO deployed in production")
                .endsWith("END");
        assertOnceEverywhere(
                shop,
                answer,
                Stream.of(DEPLOYED_AND_EVALUATED, APPROVED, DEPLOYED_AND_EVALUATED, APPROVED, DEPLOYED_AND_EVALUATED)
                        .flatMap(List::stream)
                        .toArray(String[]::new));
        for (String stage : List.of("dev", "staging", "production")) {
            user.getService(shop, stage, "carts")
                    .then()
                    .body("deployedImage", equalTo("docker.io/keptnexamples/carts:0.11.1"))
                    .body("openApprovals", empty());
        }
    }

    @Test
    void anAutomaticApproval() {
        String shop = createProject("dev", "automatic", "staging", "automatic");

        Response answer = evaluated(shop, "dev");

        assertThat(cli.follow(answer)).contains("INFO deployed in staging").endsWith("END");
        assertOnceEverywhere(
                shop,
                answer,
                Stream.of(List.of(EVALUATION_DONE), APPROVED, DEPLOYED_AND_EVALUATED)
                        .flatMap(List::stream)
                        .toArray(String[]::new));
    }

    @Test
    void aManualApproval() {
        String shop = createProject("dev", "automatic", "staging", "manual");

        Response answer = evaluated(shop, "dev");

        assertThat(cli.follow(answer)).containsExactly("INFO waiting for an approval of staging", "END");
        assertOnceEverywhere(shop, answer, EVALUATION_DONE, APPROVAL_TRIGGERED);
        user.getService(shop, "staging", "carts").then().body("openApprovals", hasSize(1));

        Response approved = approve(shop);

        await().atMost(FLOW)
                .untilAsserted(() -> assertThat(cli.follow(approved)).contains("INFO deployed in staging"));
        user.getService(shop, "staging", "carts")
                .then()
                .body("openApprovals", empty())
                .body("deployedImage", equalTo("docker.io/keptnexamples/carts:0.11.1"));
        assertOnceEverywhere(
                shop,
                answer,
                Stream.of(List.of(EVALUATION_DONE), APPROVED, DEPLOYED_AND_EVALUATED)
                        .flatMap(List::stream)
                        .toArray(String[]::new));
    }

    @Test
    void aRemediation() {
        String shop = createProject("production", "automatic");

        Response answer = cli.send("POST", "/api/v1/event", Samples.event("problem-open", in(shop, "production")))
                .statusCode(200)
                .extract()
                .response();

        assertThat(cli.follow(answer))
                .containsExactly(
                        "INFO remediation of response_time_p90",
                        "INFO tested in production",
                        "INFO evaluation: pass",
                        "END");
        assertOnceEverywhere(
                shop,
                answer,
                "sh.keptn.event.problem.open",
                "sh.keptn.event.remediation.triggered",
                "sh.keptn.event.remediation.started",
                "sh.keptn.event.action.triggered",
                "sh.keptn.event.action.started",
                "sh.keptn.event.action.finished",
                "sh.keptn.event.remediation.status.changed",
                START_EVALUATION,
                TESTS_FINISHED,
                GET_SLI,
                GET_SLI_DONE,
                EVALUATION_DONE,
                "sh.keptn.event.remediation.finished");
        user.getService(shop, "production", "carts").then().body("openRemediations", empty());
    }

    /** A project with a service that has objectives in all stages; names of stages and how each is entered, by turns. */
    private String createProject(String... stages) {
        String name = Samples.uniqueName("shop");
        StringBuilder shipyard = new StringBuilder("stages:\n");
        for (int i = 0; i < stages.length; i += 2) {
            shipyard.append("- name: %s\n  approval_strategy: {pass: %s, warning: manual}\n"
                    .formatted(stages[i], stages[i + 1]));
        }
        String encoded = Base64.getEncoder().encodeToString(shipyard.toString().getBytes(UTF_8));
        cli.run("POST", "/api/v1/project", Map.of("name", name, "shipyard", encoded));
        cli.run("POST", "/api/v1/project/" + name + "/service", Map.of("serviceName", "carts"));
        for (int i = 0; i < stages.length; i += 2) {
            user.store(name, "/stage/" + stages[i] + "/service/carts", "slo.yaml", Samples.bytes("slo.yaml"));
        }
        return name;
    }

    /** `keptn send event new-artifact`. */
    private Response announce(String shop) {
        return cli.send("POST", "/api/v1/event", Samples.event("configuration-change", in(shop, "")))
                .statusCode(200)
                .extract()
                .response();
    }

    private Response evaluated(String shop, String stage) {
        Map<String, Object> data = new HashMap<>(in(shop, stage));
        data.putAll(Map.of("result", "pass", "image", "docker.io/keptnexamples/carts", "tag", "0.11.1"));
        return cli.send("POST", "/api/v1/event", Map.of("type", EVALUATION_DONE, "source", "my-pipeline", "data", data))
                .statusCode(200)
                .extract()
                .response();
    }

    /** `keptn send event approval.finished --id=…`. */
    private Response approve(String shop) {
        Map<String, Object> triggered =
                user.events("project=" + shop + "&type=" + APPROVAL_TRIGGERED).get(0);
        Map<String, Object> data = new HashMap<>((Map<String, Object>) triggered.get("data"));
        data.put("approval", Map.of("result", "pass", "status", "succeeded"));
        return cli.send(
                        "POST",
                        "/api/v1/event",
                        Map.of(
                                "type",
                                APPROVAL_FINISHED,
                                "source",
                                "https://github.com/keptn/keptn/cli#approval.finished",
                                "shkeptncontext",
                                triggered.get("shkeptncontext"),
                                "triggeredid",
                                triggered.get("id"),
                                "data",
                                data))
                .statusCode(200)
                .extract()
                .response();
    }

    /** When nothing is left to be delivered, the flow is in the log and on the bus as it is given here, and not more. */
    private void assertOnceEverywhere(String shop, Response answer, String... types) {
        String context = answer.path("keptnContext");
        await().atMost(FLOW).until(() -> bus.types(context).size() >= types.length);
        Followers.awaitNothingPending(installation);
        assertThat(bus.types(context)).containsExactly(types);
        List<String> logged = new java.util.ArrayList<>(
                user.events("project=" + shop + "&keptnContext=" + context + "&pageSize=100").stream()
                        .map(event -> (String) event.get("type"))
                        .toList());
        Collections.reverse(logged);
        assertThat(logged).containsExactly(types);
        System.out.printf("flow %s: %d events, each once in the log and once on the bus%n", shop, types.length);
    }

    private static Map<String, String> in(String project, String stage) {
        return Map.of("project", project, "stage", stage, "service", "carts");
    }
}
