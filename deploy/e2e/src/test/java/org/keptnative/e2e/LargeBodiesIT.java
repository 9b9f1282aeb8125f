package org.keptnative.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Packaged;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Many large bodies at once, in the heap that the manifests give api-service. */
class LargeBodiesIT {

    private static final int BODIES = 20;
    private static final int BYTES = 6 << 20;

    private final Installation installation = Installation.shared();
    private final ExecutorService clients = Executors.newFixedThreadPool(BODIES);
    private Installation.Replica replica;

    @BeforeEach
    void start() {
        replica = installation.startApiService(Packaged.heapOfManifest("api-service"));
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        replica.process().stop();
    }

    @Test
    void theServiceOutlivesThemAndGoesOn() throws Exception {
        List<Future<Integer>> answers = IntStream.range(0, BODIES)
                .mapToObj(i -> clients.submit(() -> post("x".repeat(BYTES))))
                .toList();
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }

        assertThat(statuses).contains(200).allMatch(status -> status == 200 || status == 503);
        assertThat(replica.process().isAlive()).isTrue();
        assertThat(post("small")).isEqualTo(200);
    }

    /** The default limit is one that the service can really take: such a body is read, and found to be no event. */
    @Test
    void theLargestBodyIsRead() {
        assertThat(post("1", "x".repeat(31 << 20))).isEqualTo(400);
        assertThat(post("1", "x".repeat(33 << 20))).isEqualTo(413);
        assertThat(post("small")).isEqualTo(200);
    }

    private int post(String text) {
        return post("\"large\"", text);
    }

    private int post(String type, String text) {
        return installation
                .client()
                .baseUri(replica.url().toString())
                .contentType("application/json")
                .body("{\"type\":" + type + ",\"source\":\"test\",\"data\":{\"text\":\"" + text + "\"}}")
                .post("/v1/event")
                .statusCode();
    }
}
