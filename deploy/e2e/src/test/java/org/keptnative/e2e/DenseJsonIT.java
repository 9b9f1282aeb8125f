package org.keptnative.e2e;

import io.restassured.response.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.ManagedProcess;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * JSON whose values are many and small, which as trees would take thirty times its bytes: twenty bodies at once, of all
 * kinds, in the heap that the manifests give. An event that is acknowledged is delivered, too.
 */
class DenseJsonIT {

    private static final int BYTES = 6_000_000;
    private static final int BODIES = 20;
    private static final String PROJECT = "dense";

    private static final List<String> KINDS = List.of(
            list("{}"),
            list("[]"),
            list("0"),
            list("\"\""),
            list("[".repeat(900) + "]".repeat(900)),
            list("{\"a\":0,\"b\":{\"a\":1}}"),
            IntStream.range(0, BYTES / 9)
                    .mapToObj(i -> "\"" + Integer.toHexString(i) + "\":0")
                    .collect(Collectors.joining(",", "{", "}")));

    private static Installation installation;
    private static KeptnUser user;

    @BeforeAll
    static void start() {
        installation = Installation.startAsInManifests();
        user = new KeptnUser(installation);
        user.createProject(PROJECT);
        user.createService(PROJECT, "carts");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void twentyEventsAtOnceToApiService() throws Exception {
        assertTakenAndOutlived(
                post(installation.apiServiceUrl().resolve("/v1/event"), "application/json", DenseJsonIT::event));
    }

    @Test
    void twentyEventsAtOnceToMongodbDatastore() throws Exception {
        assertTakenAndOutlived(
                post(installation.mongodbDatastoreUrl().resolve("/event"), "application/json", DenseJsonIT::event));
    }

    @Test
    void twentyEventsAtOnceToConfigurationService() throws Exception {
        URI url = installation.configurationServiceUrl().resolve("/v1/event");
        assertTakenAndOutlived(post(url, "application/cloudevents+json", DenseJsonIT::event));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api           | /v1/project                  | application/json | {\"name\": \"x\", \"more\": %s}",
                "api           | /v1/project/dense/stage/dev/service/carts/evaluation | application/json | {\"labels\": %s}",
                "configuration | /v1/project                  | application/json | {\"projectName\": \"x\", \"stages\": %s}",
                "configuration | /v1/project/dense/resource   | application/json | {\"resources\": %s}",
                "datastore     | /event | application/cloudevents-batch+json | %s",
                "datastore     | /event | application/cloudevents-batch+json | [{\"type\": \"t\", \"data\": %s}]",
            })
    void twentyOtherBodiesAtOnce(String service, String path, String contentType, String body) throws Exception {
        URI url = Map.of(
                        "api", installation.apiServiceUrl(),
                        "configuration", installation.configurationServiceUrl(),
                        "datastore", installation.mongodbDatastoreUrl())
                .get(service);

        assertOutlived(post(url.resolve(path), contentType, body::formatted));
    }

    /** Those that are not too many at once are taken, whatever their kind. */
    private static void assertTakenAndOutlived(List<Response> answers) {
        assertThat(answers)
                .extracting(Response::statusCode)
                .allMatch(status -> status < 300 || status == 503)
                .anyMatch(status -> status < 300);
        assertOutlived(answers);
    }

    private static void assertOutlived(List<Response> answers) {
        assertThat(answers).allSatisfy(answer -> {
            if (answer.statusCode() >= 300) {
                assertThat(answer.statusCode()).isIn(400, 413, 422, 503);
                assertThat(answer.jsonPath().getInt("code")).isEqualTo(answer.statusCode());
                assertThat(answer.getHeader("Retry-After") != null).isEqualTo(answer.statusCode() == 503);
            }
        });
        assertThat(installation.processes()).allMatch(ManagedProcess::isAlive);
        String context = user.send(
                Samples.event("deployment-finished", Map.of("project", PROJECT, "stage", "dev", "service", "carts")));
        await("delivery after all of them")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(user.getService(PROJECT, "dev", "carts")
                                .jsonPath()
                                .getMap("lastEventTypes.'sh.keptn.events.deployment-finished'"))
                        .containsEntry("keptnContext", context));
        assertThat(installation.processes()).allMatch(ManagedProcess::isAlive);
    }

    private interface Body {
        String of(String dense);
    }

    private static List<Response> post(URI url, String contentType, Body body) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(BODIES);
        try {
            List<Future<Response>> futures = new ArrayList<>();
            for (int i = 0; i < BODIES; i++) {
                String dense = KINDS.get(i % KINDS.size());
                futures.add(clients.submit(() -> installation
                        .client()
                        .baseUri(url.toString())
                        .header("Content-Type", contentType)
                        .body(body.of(dense))
                        .post()));
            }
            List<Response> answers = new ArrayList<>();
            for (Future<Response> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            clients.shutdownNow();
        }
    }

    private static String event(String dense) {
        return """
            {"type": "sh.keptn.event.dense", "source": "dense", "data": {
             "project": "dense", "stage": "dev", "service": "carts", "dense": %s}}""".formatted(dense);
    }

    private static String list(String value) {
        return "[" + (value + ",").repeat(BYTES / (value.length() + 1)) + "0]";
    }
}
