package org.keptnative.e2e;

import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What was acknowledged is there after every process has been killed. */
class RestartIT {

    private static final String PROJECT = "sockshop";
    private static final String SERVICE = "/stage/dev/service/carts";

    @Test
    void everythingIsAsBeforeAfterEveryProcessWasKilled() {
        try (Installation installation = Installation.start(Map.of())) {
            KeptnUser user = new KeptnUser(installation);
            user.createProject(PROJECT);
            user.createService(PROJECT, "carts");
            String version = user.store(PROJECT, SERVICE, "jmeter/load.jmx", Samples.bytes("load.jmx"));
            user.send(deploymentFinished());
            await().until(() -> user.getService(PROJECT, "dev", "carts").path("deployedImage") != null);
            List<Map<String, Object>> events = user.events("project=" + PROJECT);
            String service = user.getService(PROJECT, "dev", "carts").asString();

            installation.killAll();
            installation.startAll();

            assertThat(user.stages(PROJECT)).containsExactly("dev", "staging", "production");
            assertThat(user.read(PROJECT, SERVICE, "jmeter%2Fload.jmx")).isEqualTo(Samples.bytes("load.jmx"));
            assertThat(user.store(PROJECT, SERVICE, "jmeter/load.jmx", Samples.bytes("load.jmx")))
                    .isEqualTo(version);
            assertThat(user.events("project=" + PROJECT)).isEqualTo(events);
            assertThat(user.getService(PROJECT, "dev", "carts").asString()).isEqualTo(service);
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenEverythingIsKilledUnderLoad() throws InterruptedException {
        try (Installation installation = Installation.start(Map.of())) {
            KeptnUser user = new KeptnUser(installation);
            user.createProject(PROJECT);
            user.createService(PROJECT, "carts");
            Queue<String> contexts = new ConcurrentLinkedQueue<>();
            Queue<String> files = new ConcurrentLinkedQueue<>();
            List<Thread> load = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                load.add(repeat(() -> contexts.add(user.send(deploymentFinished()))));
            }
            load.add(repeat(() -> files.add(storeNext(user, files.size()))));
            await().atMost(Duration.ofSeconds(60)).until(() -> contexts.size() > 50 && files.size() > 10);

            installation.killAll();
            for (Thread thread : load) {
                thread.join();
            }
            installation.startAll();

            for (String context : contexts) {
                assertThat(user.events("project=" + PROJECT + "&keptnContext=" + context))
                        .hasSize(1);
            }
            for (String file : files) {
                assertThat(user.read(PROJECT, SERVICE, file)).asString().isEqualTo(file);
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    user.getService(PROJECT, "dev", "carts").<String>path("deployedImage"))
                            .isEqualTo("docker.io/keptnexamples/carts:0.11.1"));
        }
    }

    private static String storeNext(KeptnUser user, int number) {
        String name = "file-" + number;
        user.store(PROJECT, SERVICE, name, name.getBytes(StandardCharsets.UTF_8));
        return name;
    }

    /** Until it fails, as it does when the installation is killed. */
    private static Thread repeat(Runnable step) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    step.run();
                }
            } catch (Exception | AssertionError killed) {
                // This last step was not acknowledged.
            }
        });
        thread.start();
        return thread;
    }

    private static String deploymentFinished() {
        return Samples.event("deployment-finished", Map.of("project", PROJECT, "stage", "dev", "service", "carts"));
    }
}
