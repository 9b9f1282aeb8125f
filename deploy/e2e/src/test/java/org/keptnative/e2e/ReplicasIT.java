package org.keptnative.e2e;

import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Installation.Replica;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two processes of api-service, of which one is killed. */
class ReplicasIT {

    private static final int COMMANDS = 8;
    private static final Duration LONG = Duration.ofSeconds(90);

    private final Installation installation = Installation.shared();
    private final Replica taking = installation.startApiService("512m");
    private final Replica surviving = installation.startApiService("512m");

    @AfterEach
    void stop() {
        taking.process().kill();
        surviving.process().stop();
    }

    @Test
    void progressIsHeardOnTheReplicaThatDidNotTakeTheCommand() {
        String project = newName();
        Response answer = create(taking, project, "wait=20");
        try (ProgressClient client = listen(surviving, answer)) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(client.lines())
                            .startsWith("INFO Project " + project + " created")
                            .endsWith("INFO Project successfully created", "END"));
        }
    }

    @Test
    void everyCommandOfAKilledReplicaIsFinishedOnce() {
        List<String> projects =
                IntStream.range(0, COMMANDS).mapToObj(i -> newName()).toList();
        List<Response> answers = projects.stream()
                .map(project -> create(taking, project, "wait=0"))
                .toList();
        taking.process().kill();

        for (int i = 0; i < COMMANDS; i++) {
            try (ProgressClient client = listen(surviving, answers.get(i))) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(client.lines()).endsWith("END"));
                assertThat(client.lines())
                        .startsWith("INFO Project " + projects.get(i) + " created")
                        .endsWith("INFO Project successfully created", "END")
                        .doesNotHaveDuplicates();
            }
            installation
                    .client()
                    .get("/api/configuration-service/v1/project/" + projects.get(i))
                    .then()
                    .statusCode(200);
        }
    }

    private Response create(Replica replica, String project, String prefer) {
        return installation
                .client()
                .baseUri(replica.url().toString())
                .contentType("application/json")
                .header("Prefer", prefer)
                .body(Map.of("name", project, "shipyard", Samples.base64("shipyard.yaml")))
                .post("/v1/project");
    }

    private static ProgressClient listen(Replica replica, Response answer) {
        URI socket = URI.create(replica.url().toString().replaceFirst("^http", "ws") + "/websocket");
        return ProgressClient.connect(
                socket, "Token", answer.path("token"), "Keptn-Ws-Channel-Id", answer.path("keptnContext"));
    }

    private static String newName() {
        return "p-" + UUID.randomUUID();
    }
}
