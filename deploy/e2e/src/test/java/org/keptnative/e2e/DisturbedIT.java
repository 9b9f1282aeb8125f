package org.keptnative.e2e;

import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** No request pays for what another one does: malformed ones between good ones, on the same connections to the services. */
class DisturbedIT {

    private static final Duration DURATION = Duration.ofSeconds(4);
    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final int USERS = 4;

    private final Installation installation = Installation.shared();
    private final URI gateway = installation.gateway().url();
    private final String token = "x-token: " + installation.token() + "\r\n";
    private final List<String> malformed = List.of(
            "GET /api/v1/metadata HTTP/1.1\r\nHost: localhost\r\n" + token + "x-a: \u0001\r\n",
            "GET /api/swagger-ui/ HTTP/1.1\r\nHost: localhost\r\nAccept: \u0002\r\n",
            "GET /api/v1/metadata HTTP/1.1\r\nHost: a:99999\r\n" + token,
            "GET /api/mongodb-datastore/event HTTP/1.1\r\nHost: localhost\r\n" + token + "Cookie: \u007f\r\n",
            "GET /api/configuration-service/v1/" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n" + token,
            "GET /api/configuration-service/v1/{a}\\b HTTP/1.1\r\nHost: localhost\r\n" + token,
            "GET /api/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nx-a: \u0001\r\n",
            "POST /api/v1/event HTTP/1.1\r\nHost: localhost\r\n" + token
                    + "Content-Type: \u0003\r\nContent-Length: 0\r\n");

    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger bad = new AtomicInteger();

    @Test
    void malformedRequestsMakeNoGoodOneFail() throws InterruptedException {
        String event = Samples.event(
                "deployment-finished", Map.of("project", "disturbed", "stage", "dev", "service", "carts"));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            threads.add(repeat(() -> {
                expectSuccess(
                        "token", installation.client().post("/api/v1/auth").statusCode());
                expectSuccess(
                        "projects",
                        installation
                                .client()
                                .get("/api/configuration-service/v1/project")
                                .statusCode());
                expectSuccess(
                        "event",
                        installation
                                .client()
                                .contentType("application/json")
                                .body(event)
                                .post("/api/v1/event")
                                .statusCode());
                expectSuccess(
                        "events",
                        installation
                                .client()
                                .get("/api/mongodb-datastore/event?project=none")
                                .statusCode());
            }));
        }
        threads.add(repeat(this::disturb));

        Thread.sleep(DURATION.toMillis());
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(good).hasPositiveValue();
        assertThat(bad).hasPositiveValue();
    }

    private void disturb() throws Exception {
        String request = malformed.get(bad.getAndIncrement() % malformed.size());
        RawRequest answer = RawRequest.send(gateway, request + "Connection: close\r\n\r\n");
        if (answer.answer().isEmpty() || answer.status() < 400 || answer.status() >= 500) {
            failures.add("malformed: " + request + answer);
        }
        Thread.sleep(BETWEEN.toMillis());
    }

    private void expectSuccess(String what, int status) {
        good.incrementAndGet();
        if (status != 200) {
            failures.add(what + ": " + status);
        }
    }

    private Thread repeat(Step step) {
        Thread thread = new Thread(() -> {
            try {
                while (!over.get()) {
                    step.run();
                }
            } catch (Exception | AssertionError e) {
                failures.add(e.toString());
            }
        });
        thread.start();
        return thread;
    }

    private interface Step {
        void run() throws Exception;
    }
}
