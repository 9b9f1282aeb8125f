package org.keptnative.api.client;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class NeighbourTest {

    private static final String THREAD = "x-thread";

    @Inject
    Vertx vertx;

    /** The threads that used a connection, by its port. */
    private final Map<Integer, Set<String>> threads = new ConcurrentHashMap<>();

    @Test
    void a_request_does_not_change_threads_for_a_connection() throws Exception {
        HttpServer server = get(vertx.createHttpServer()
                .requestHandler(request -> {
                    threads.computeIfAbsent(request.remoteAddress().port(), port -> new ConcurrentSkipListSet<>())
                            .add(request.getHeader(THREAD));
                    request.response().end();
                })
                .listen(0, "localhost"));
        Neighbour neighbour =
                new Neighbour(vertx, "neighbour", "localhost:" + server.actualPort(), new WebClientOptions());
        var contexts = Stream.generate(((VertxInternal) vertx)::createEventLoopContext)
                .limit(8)
                .toList();
        for (int round = 0; round < 2; round++) {
            for (Context context : contexts) {
                ask(neighbour, context);
            }
        }
        get(server.close());
        assertThat(threads.values())
                .hasSizeGreaterThan(1)
                .allSatisfy(users -> assertThat(users).hasSize(1));
    }

    @Test
    void a_busy_connection_is_renewed_now_and_then() throws Exception {
        HttpServer server = get(vertx.createHttpServer()
                .requestHandler(request -> {
                    threads.putIfAbsent(request.remoteAddress().port(), Set.of());
                    request.response().end();
                })
                .listen(0, "localhost"));
        Neighbour neighbour =
                new Neighbour(vertx, "neighbour", "localhost:" + server.actualPort(), new WebClientOptions());
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        for (int i = 0; i < 20 * Neighbour.REQUESTS_PER_CONNECTION; i++) {
            ask(neighbour, context);
        }
        get(server.close());
        assertThat(threads).hasSizeBetween(2, 10 * Neighbour.REQUESTS_PER_CONNECTION);
    }

    private void ask(Neighbour neighbour, Context context) throws Exception {
        var answer = new CompletableFuture<Object>();
        context.runOnContext(any -> neighbour
                .send(
                        neighbour
                                .request(HttpMethod.GET, neighbour.template("/"), 5_000)
                                .putHeader(THREAD, Thread.currentThread().getName()),
                        null)
                .subscribe()
                .with(answer::complete, answer::completeExceptionally));
        answer.get(5, TimeUnit.SECONDS);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
}
