package org.keptnative.e2e;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/** What happened to a service, from the event to the answer, and once more from the event log. */
class HistoryIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Installation installation = Installation.shared();
    private final KeptnUser user = new KeptnUser(installation);
    private final String project = Samples.uniqueName("sockshop");

    @BeforeEach
    void createAService() {
        user.createProject(project);
        user.createService(project, "carts");
    }

    @Test
    void anApprovalIsOpenUntilItIsFinished() {
        String context = send("approval-triggered", Map.of());
        await().atMost(SOON)
                .untilAsserted(() -> user.getService(project, "dev", "carts")
                        .then()
                        .body("openApprovals", hasSize(1))
                        .body("openApprovals[0].keptnContext", equalTo(context))
                        .body("openApprovals[0].image", equalTo("docker.io/keptnexamples/carts"))
                        .body("openApprovals[0].tag", equalTo("0.11.1")));

        String approval = user.getService(project, "dev", "carts").path("openApprovals[0].eventId");
        assertThat(user.events("project=" + project + "&eventID=" + approval)).hasSize(1);
        send("approval-finished", Map.of("triggeredid", approval, "context", context));

        await().atMost(SOON)
                .untilAsserted(
                        () -> user.getService(project, "dev", "carts").then().body("openApprovals", empty()));
    }

    @Test
    void whatWasLostComesBackFromTheEventLog() {
        send("deployment-finished", Map.of());
        send("tests-finished", Map.of());
        send("evaluation-done", Map.of());
        send("approval-triggered", Map.of());
        await().atMost(SOON)
                .untilAsserted(() -> user.getService(project, "dev", "carts")
                        .then()
                        .body("lastEventTypes.size()", equalTo(4))
                        .body("openApprovals", hasSize(1)));
        String before = user.getService(project, "dev", "carts").asString();

        installation.lose("serviceHistory");
        installation.lose("historyVersions");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> user.getService(project, "dev", "carts").then().body("openApprovals", empty()));
        installation
                .client()
                .post("/api/configuration-service/v1/project/" + project + "/history")
                .then()
                .statusCode(200);

        assertThat(user.getService(project, "dev", "carts").asString()).isEqualTo(before);
    }

    private String send(String kind, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("project", project, "stage", "dev", "service", "carts"));
        all.putAll(values);
        return user.send(Samples.event(kind, all));
    }
}
