package org.keptnative.e2e.chaos;

import io.restassured.response.Response;
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
 * Clients that send events, files, projects and commands until they are told to stop, and remember what was acknowledged.
 * What fails is given up: its client goes on with the next.
 */
final class Load {

    static final String PROJECT = "chaos";
    static final List<String> SENDERS = List.of("first", "second");

    /** So many that a kill finds some of them with their websocket open. */
    private static final int LISTENERS = 3;

    private static final String PROJECTS = "/api/configuration-service/v1/project";
    private static final Duration AFTER_FAILURE = Duration.ofMillis(50);
    private static final Duration BETWEEN_PROJECTS = Duration.ofMillis(300);
    private static final Duration UNTIL_MORE = Duration.ofMinutes(2);

    private final Installation installation;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean over;

    /** Ids of events: their sender, a dash, and a number that counts up. A sender waits for each answer. */
    final Queue<String> events = new ConcurrentLinkedQueue<>();
    /** Names of files, which are their content too, with the commits that hold them. */
    final Map<String, String> files = new ConcurrentHashMap<>();
    /** Names of projects. */
    final Queue<String> projects = new ConcurrentLinkedQueue<>();

    final Commands commands;
    final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

    /**
     * A request that was not acknowledged, or a command that ended with a failure. Its beginning and its end are those of
     * {@link System#nanoTime()}.
     */
    record Failure(String what, long from, long to, String reason) {}

    Load(Installation installation) {
        this.installation = installation;
        commands = new Commands(installation);
        for (String sender : SENDERS) {
            AtomicInteger number = new AtomicInteger();
            repeat("event", () -> sendEvent(sender + "-" + number.incrementAndGet()), Duration.ZERO);
        }
        repeat("file", this::storeFile, Duration.ZERO);
        repeat("project", this::createProject, BETWEEN_PROJECTS);
        for (int i = 0; i < LISTENERS; i++) {
            repeat("command", commands::createProject, Duration.ZERO);
        }
    }

    /** Waits until each kind has been acknowledged anew: whatever was killed, all of it works again by itself. */
    void awaitMoreOfEach() {
        List<Integer> before = acknowledged();
        await().atMost(UNTIL_MORE).untilAsserted(() -> {
            List<Integer> now = acknowledged();
            for (int kind = 0; kind < before.size(); kind++) {
                assertThat(now.get(kind)).as(toString()).isGreaterThan(before.get(kind));
            }
        });
    }

    void stop() throws InterruptedException {
        over = true;
        for (Thread client : clients) {
            client.join();
        }
    }

    @Override
    public String toString() {
        return "acknowledged %d events, %d files, %d projects, %d commands; of %d requests %d failed, %d websockets were cut off"
                .formatted(
                        events.size(),
                        files.size(),
                        projects.size(),
                        commands.created.size(),
                        requests.get(),
                        failures.size(),
                        commands.cutOff.get());
    }

    private List<Integer> acknowledged() {
        return List.of(events.size(), files.size(), projects.size(), commands.created.size());
    }

    private void sendEvent(String id) {
        String event = """
                {"specversion": "0.2", "id": "%s", "source": "chaos", "type": "sh.keptn.events.tests-finished",
                 "contenttype": "application/json",
                 "data": {"project": "%s", "stage": "dev", "service": "carts"}}""".formatted(id, PROJECT);
        expect(200, json(event).post("/api/v1/event"));
        events.add(id);
    }

    private void storeFile() {
        String name = "file-" + UUID.randomUUID();
        Response answer = json("""
                {"resources": [{"resourceURI": "%s", "resourceContent": "%s"}]}""".formatted(
                                name, Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8))))
                .post(PROJECTS + "/" + PROJECT + "/resource");
        expect(201, answer);
        files.put(name, answer.path("version"));
    }

    private void createProject() {
        String name = Samples.uniqueName("p");
        expect(204, json("{\"projectName\": \"" + name + "\"}").post(PROJECTS));
        projects.add(name);
    }

    private RequestSpecification json(String body) {
        return installation.client().contentType("application/json").body(body);
    }

    static void expect(int status, Response answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.asString());
        }
    }

    private void repeat(String what, Step step, Duration pause) {
        Thread client = new Thread(() -> {
            while (!over) {
                long from = System.nanoTime();
                requests.incrementAndGet();
                try {
                    step.run();
                    sleep(pause);
                } catch (Exception failure) { // nobody listens, or the connection broke, or it was refused
                    failures.add(new Failure(what, from, System.nanoTime(), failure.toString()));
                    sleep(AFTER_FAILURE);
                }
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
        void run() throws Exception;
    }
}
