package org.keptnative.e2e.chaos;

import io.restassured.specification.RequestSpecification;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that send events, files and projects until they are told to stop, and remember what was acknowledged. What fails
 * is given up: its client goes on with the next.
 */
final class Load {

    static final String PROJECT = "chaos";

    private static final String PROJECTS = "/api/configuration-service/v1/project";
    private static final Duration AFTER_FAILURE = Duration.ofMillis(50);
    private static final Duration BETWEEN_PROJECTS = Duration.ofMillis(300);
    private static final Duration UNTIL_MORE = Duration.ofMinutes(2);

    private final Installation installation;
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    /** Contexts of events, each of which has one of its own. */
    final Queue<String> events = new ConcurrentLinkedQueue<>();
    /** Names of files, which are their content too, with the commits that hold them. */
    final Map<String, String> files = new ConcurrentHashMap<>();
    /** Names of projects. */
    final Queue<String> projects = new ConcurrentLinkedQueue<>();

    final AtomicInteger failures = new AtomicInteger();

    Load(Installation installation) {
        this.installation = installation;
        repeat(this::sendEvent, Duration.ZERO);
        repeat(this::sendEvent, Duration.ZERO);
        repeat(this::storeFile, Duration.ZERO);
        repeat(this::createProject, BETWEEN_PROJECTS);
    }

    /** Waits until each kind has been acknowledged anew: whatever was killed, all of it works again by itself. */
    void awaitMoreOfEach() {
        int eventsBefore = events.size();
        int filesBefore = files.size();
        int projectsBefore = projects.size();
        await().atMost(UNTIL_MORE).untilAsserted(() -> {
            assertThat(events).hasSizeGreaterThan(eventsBefore);
            assertThat(files).hasSizeGreaterThan(filesBefore);
            assertThat(projects).hasSizeGreaterThan(projectsBefore);
        });
    }

    void stop() throws InterruptedException {
        over = true;
        for (Thread client : clients) {
            client.join();
        }
    }

    private boolean sendEvent() {
        String event = """
                {"specversion": "0.2", "id": "%s", "source": "chaos", "type": "sh.keptn.events.tests-finished",
                 "contenttype": "application/json",
                 "data": {"project": "%s", "stage": "dev", "service": "carts"}}""".formatted(UUID.randomUUID(), PROJECT);
        var answer = json(event).post("/api/v1/event");
        return answer.statusCode() == 200 && events.add(answer.path("keptnContext"));
    }

    private boolean storeFile() {
        String name = "file-" + UUID.randomUUID();
        var answer = json("""
                {"resources": [{"resourceURI": "%s", "resourceContent": "%s"}]}""".formatted(
                                name, Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8))))
                .post(PROJECTS + "/" + PROJECT + "/resource");
        if (answer.statusCode() != 201) {
            return false;
        }
        files.put(name, answer.path("version"));
        return true;
    }

    private boolean createProject() {
        String name = Samples.uniqueName("p");
        return json("{\"projectName\": \"" + name + "\"}").post(PROJECTS).statusCode() == 204 && projects.add(name);
    }

    private RequestSpecification json(String body) {
        return installation.client().contentType("application/json").body(body);
    }

    private void repeat(Step step, Duration pause) {
        Thread client = new Thread(() -> {
            while (!over) {
                boolean acknowledged = false;
                try {
                    acknowledged = step.run();
                } catch (Exception | AssertionError unanswered) {
                    // Nobody listens, or the connection broke.
                }
                if (!acknowledged) {
                    failures.incrementAndGet();
                }
                sleep(acknowledged ? pause : AFTER_FAILURE);
            }
        });
        client.start();
        clients.add(client);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Step {
        boolean run() throws Exception;
    }
}
