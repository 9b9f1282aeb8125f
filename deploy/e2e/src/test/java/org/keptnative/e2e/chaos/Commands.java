package org.keptnative.e2e.chaos;

import io.restassured.response.Response;
import org.keptnative.e2e.ProgressClient;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Commands that are listened to until they end: on a websocket, which is opened again when it was cut off. */
final class Commands {

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final long PAUSE_MILLIS = 50;

    private final Installation installation;

    /** Names of the projects of which it was told that they are there. */
    final Queue<String> created = new ConcurrentLinkedQueue<>();
    /** What those heard who waited in vain for the frame that terminates. */
    final Queue<List<String>> endless = new ConcurrentLinkedQueue<>();

    final AtomicInteger cutOff = new AtomicInteger();

    Commands(Installation installation) {
        this.installation = installation;
    }

    /** Has a project created, and listens to what is told of it; fails when that is a failure. */
    void createProject() throws InterruptedException {
        String name = Samples.uniqueName("c");
        Response answer = installation
                .client()
                .contentType("application/json")
                .body(Map.of("name", name, "shipyard", Samples.base64("shipyard.yaml")))
                .post("/api/v1/project");
        Load.expect(200, answer);
        List<String> heard = listen(answer.path("token"), answer.path("keptnContext"));
        if (!heard.contains("INFO Project successfully created")) {
            throw new IllegalStateException(String.join("; ", heard));
        }
        created.add(name);
    }

    private List<String> listen(String token, String channel) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        List<String> heard = List.of();
        while (System.nanoTime() < end) {
            try (ProgressClient client =
                    ProgressClient.connect(installation, "Token", token, "Keptn-Ws-Channel-Id", channel)) {
                while (client.isOpen() && !client.lines().contains("END") && System.nanoTime() < end) {
                    Thread.sleep(PAUSE_MILLIS);
                }
                heard = client.lines();
                if (heard.contains("END")) {
                    return heard;
                }
                cutOff.incrementAndGet();
            } catch (CompletionException unanswered) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        endless.add(heard);
        return heard;
    }
}
