package org.keptnative.configuration.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** With a real HTTP server and a budget for two bodies of 100 bytes. */
class BodyAdmissionTest {

    private static final int SIZE = 100;

    private final Vertx vertx = Vertx.vertx();
    private final MemoryBudget budget = new MemoryBudget(2 * SIZE * 3);
    private final Queue<RoutingContext> working = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() {
        start(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_body_that_does_not_fit_now_waits_for_others() {
        var first = send(SIZE);
        var second = send(SIZE);
        awaitWorking(2);
        var third = send(SIZE);
        var small = send(1);
        await().during(Duration.ofMillis(300)).until(() -> working.size() == 2);

        answer(working.poll());

        awaitWorking(2);
        answer(working.poll());
        answer(working.poll());
        awaitWorking(1);
        answer(working.poll());
        assertThat(Stream.of(first, second, third, small))
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void a_body_that_waits_too_long_is_refused_for_now() {
        start(Duration.ofMillis(200));
        send(SIZE);
        send(SIZE);
        awaitWorking(2);

        HttpResponse<String> late = send(SIZE).join();

        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
        assertThat(late.body()).contains("\"code\":503");
    }

    @Test
    void a_body_that_never_fits_is_refused_with_the_limit() {
        HttpResponse<String> large = send(2 * SIZE + 1).join();

        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("more than 200 bytes");
        assertThat(budget.take(budget.total())).isTrue();
    }

    @Test
    void the_memory_is_free_again_when_the_work_is_done_and_not_when_the_client_has_gone() throws IOException {
        try (Socket socket = new Socket("localhost", server.actualPort())) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + 2 * SIZE + "\r\n\r\n")
                            .getBytes(US_ASCII));
            awaitWorking(1);
            ((Admission) working.peek().get(BodyLimits.ADMISSION)).hold();
        }
        await().until(() -> working.peek().response().closed());
        assertThat(budget.take(1)).isFalse();

        ((Admission) working.poll().get(BodyLimits.ADMISSION)).release();

        assertThat(budget.take(budget.total())).isTrue();
    }

    private void start(Duration patience) {
        AdmissionConfig config = new AdmissionConfig() {
            @Override
            public MemorySize maxBodySize() {
                return new MemorySize(BigInteger.valueOf(1 << 20));
            }

            @Override
            public Duration patience() {
                return patience;
            }
        };
        Router router = Router.router(vertx);
        new BodyAdmission(budget, config).register(router);
        router.route().handler(working::add);
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    request.pause();
                    router.handle(request);
                })
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private CompletableFuture<HttpResponse<String>> send(int size) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.actualPort() + "/"))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size]))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private void awaitWorking(int count) {
        await().until(() -> working.size() == count);
    }

    private static void answer(RoutingContext request) {
        request.vertx().runOnContext(ignored -> {
            request.request().resume();
            request.response().end();
        });
    }
}
