package org.keptnative.e2e;

import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Many clients at once: nothing is lost, nothing is done twice. */
class ParallelIT {

    private static final int CLIENTS = 8;

    private final Installation installation = Installation.shared();
    private final KeptnUser user = new KeptnUser(installation);
    private final String project = Samples.uniqueName("parallel");

    @Test
    void projectsAreCreatedSideBySide() throws Exception {
        atOnce(CLIENTS, i -> {
            user.createProject(project + "-" + i);
            user.createService(project + "-" + i, "carts");
            return i;
        });
    }

    @Test
    void oneProjectIsCreatedOnce() throws Exception {
        List<Integer> answers = atOnce(
                CLIENTS,
                i -> installation
                        .client()
                        .header("Prefer", "wait=20")
                        .contentType("application/json")
                        .body(Map.of("name", project, "shipyard", Samples.base64("shipyard.yaml")))
                        .post("/api/v1/project")
                        .statusCode());

        assertThat(answers).filteredOn(status -> status < 300).hasSize(1);
        assertThat(answers)
                .filteredOn(status -> status >= 400)
                .hasSize(CLIENTS - 1)
                .allMatch(status -> status < 500);
        assertThat(user.stages(project)).containsExactly("dev", "staging", "production");
    }

    @Test
    void filesOfOneServiceAreWrittenByAll() throws Exception {
        user.createProject(project);
        user.createService(project, "carts");

        Set<String> versions = Set.copyOf(atOnce(
                CLIENTS * 5,
                i -> user.store(
                        project,
                        "/stage/dev/service/carts",
                        "file-" + i,
                        ("content " + i).getBytes(StandardCharsets.UTF_8))));

        assertThat(versions).as("each write is a commit of its own").hasSize(CLIENTS * 5);
        for (int i = 0; i < CLIENTS * 5; i++) {
            assertThat(user.read(project, "/stage/dev/service/carts", "file-" + i))
                    .asString()
                    .isEqualTo("content " + i);
        }
    }

    @Test
    void everyEventIsStoredOnceAndDelivered() throws Exception {
        user.createProject(project);
        IntStream.range(0, CLIENTS).forEach(i -> user.createService(project, "service-" + i));

        List<String> contexts = atOnce(
                CLIENTS * 10,
                i -> user.send(Samples.event(
                        "deployment-finished",
                        Map.of("project", project, "stage", "dev", "service", "service-" + i % CLIENTS))));

        Set<Object> stored =
                user.events("project=" + project + "&type=sh.keptn.events.deployment-finished&pageSize=100").stream()
                        .map(event -> event.get("shkeptncontext"))
                        .collect(Collectors.toSet());
        assertThat(stored).containsExactlyInAnyOrderElementsOf(contexts).hasSize(CLIENTS * 10);
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(user.getService(project, "dev", "service-" + i).<String>path("deployedImage"))
                        .isEqualTo("docker.io/keptnexamples/carts:0.11.1");
            }
        });
    }

    private static <T> List<T> atOnce(int times, IntFunction<T> step) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<T>> steps = IntStream.range(0, times)
                    .<Callable<T>>mapToObj(i -> () -> step.apply(i))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : clients.invokeAll(steps)) {
                results.add(result.get());
            }
            return results;
        } finally {
            clients.shutdown();
        }
    }
}
