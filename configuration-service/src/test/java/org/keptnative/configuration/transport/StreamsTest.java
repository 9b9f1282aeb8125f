package org.keptnative.configuration.transport;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A thread that serves a client waits for it, but not for ever. */
@Timeout(60)
class StreamsTest {

    private static final int MIB = 1 << 20;

    /** After so much a thread begins. */
    private static final int BEGINNING = 16 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicBoolean begun = new AtomicBoolean();
    private HttpServer server;

    /** What a worker thread does with a request. */
    private interface Work {
        long run(InputStream in, OutputStream out) throws IOException;
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void both_directions_carry_any_length() throws Exception {
        CompletableFuture<Long> work = serve(Duration.ofSeconds(30), (in, out) -> in.transferTo(out));

        try (Socket client = post("Content-Length: " + 40 * MIB)) {
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 40; i++) {
                        client.getOutputStream().write(new byte[MIB]);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sender.start();
            assertThat(client.getInputStream().readNBytes(40 * MIB)).hasSize(40 * MIB);
            sender.join();
        }
        assertThat(work.get()).isEqualTo(40 * MIB);
    }

    @Test
    void a_client_that_stops_sending_is_let_go_of() throws Exception {
        CompletableFuture<Long> work = serve(Duration.ofMillis(300), (in, out) -> in.readAllBytes().length);

        try (Socket client = post("Content-Length: " + MIB)) {
            client.getOutputStream().write(new byte[BEGINNING]);
            assertGone(work, "sends nothing");
        }
    }

    @Test
    void a_client_that_sends_little_by_little_is_let_go_of() throws Exception {
        CompletableFuture<Long> work = serve(Duration.ofMillis(500), (in, out) -> in.readAllBytes().length);

        try (Socket client = post("Content-Length: " + MIB)) {
            client.getOutputStream().write(new byte[BEGINNING]);
            while (!work.isDone()) {
                client.getOutputStream().write(1);
                Thread.sleep(20);
            }
        } catch (SocketException e) {
            // closed by the other side
        }
        assertGone(work, "too slowly");
    }

    @Test
    void a_client_that_hardly_begins_takes_no_thread() throws Exception {
        serve(Duration.ofMillis(300), (in, out) -> in.readAllBytes().length);

        try (Socket client = post("Content-Length: 10")) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isNegative();
        }
        assertThat(begun).isFalse();
    }

    @Test
    void a_client_that_stops_reading_is_let_go_of() throws Exception {
        CompletableFuture<Long> work = serve(Duration.ofMillis(300), StreamsTest::writeForEver);

        try (Socket client = post("Content-Length: 0")) {
            assertThat(client.getInputStream().read()).isPositive();
            assertGone(work, "reads nothing");
            assertThat(waits).hasValue(1);
        }
    }

    /** JGit does, to tidy up. */
    @Test
    void who_reads_on_after_the_client_is_gone_does_not_wait_again() throws Exception {
        CompletableFuture<Long> work = serve(Duration.ofMinutes(5), (in, out) -> {
            assertThatThrownBy(in::readAllBytes).hasMessageContaining("closed");
            return in.read();
        });

        try (Socket client = post("Content-Length: " + MIB)) {
            client.getOutputStream().write(new byte[BEGINNING]);
        }
        assertGone(work, "closed");
    }

    @Test
    void who_writes_on_after_the_client_is_gone_does_not_wait_again() throws Exception {
        CompletableFuture<Long> work = serve(Duration.ofMillis(300), (in, out) -> {
            assertThatThrownBy(() -> writeForEver(in, out)).hasMessageContaining("reads nothing");
            return writeForEver(in, out);
        });

        try (Socket client = post("Content-Length: 0")) {
            assertThat(client.getInputStream().read()).isPositive();
            assertGone(work, "closed");
        }
    }

    @Test
    void a_client_that_hangs_up_is_noticed_at_once() throws Exception {
        CompletableFuture<Long> reading = serve(Duration.ofMinutes(5), (in, out) -> in.readAllBytes().length);
        try (Socket client = post("Content-Length: " + MIB)) {
            client.getOutputStream().write(new byte[BEGINNING]);
        }
        assertGone(reading, "closed");
        server.close();

        CompletableFuture<Long> writing = serve(Duration.ofMinutes(5), StreamsTest::writeForEver);
        try (Socket client = post("Content-Length: 0")) {
            assertThat(client.getInputStream().read()).isPositive();
        }
        assertGone(writing, "closed");
    }

    private static long writeForEver(InputStream in, OutputStream out) throws IOException {
        while (true) {
            out.write(new byte[MIB]);
        }
    }

    private static void assertGone(CompletableFuture<Long> work, String why) {
        assertThatThrownBy(work::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClientGoneException.class)
                .hasMessageContaining(why);
    }

    private CompletableFuture<Long> serve(Duration silence, Work work) throws Exception {
        CompletableFuture<Long> result = new CompletableFuture<>();
        server = vertx.createHttpServer().requestHandler(request -> {
            Context context = Vertx.currentContext();
            RequestStream in = new RequestStream(request, silence);
            ResponseStream out = new ResponseStream(context, request.response().setChunked(true), silence);
            out.onFirstWait(waits::incrementAndGet);
            in.whenWorthAThread(() -> new Thread(() -> {
                        begun.set(true);
                        try {
                            long done = work.run(in, out);
                            out.close();
                            result.complete(done);
                        } catch (IOException | RuntimeException e) {
                            result.completeExceptionally(e);
                        }
                    })
                    .start());
        });
        server.listen(0, "localhost").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return result;
    }

    private Socket post(String header) throws IOException {
        Socket client = new Socket("localhost", server.actualPort());
        client.getOutputStream()
                .write(("POST / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n").getBytes(US_ASCII));
        return client;
    }
}
