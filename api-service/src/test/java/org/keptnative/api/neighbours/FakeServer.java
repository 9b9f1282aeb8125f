package org.keptnative.api.neighbours;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A real HTTP server that can be taken down, made to hang, and brought back on the same port. */
public class FakeServer {

    /** @param body null for none */
    public record Answer(int status, String body, Map<String, String> headers) {
        Answer(int status, String body) {
            this(status, body, Map.of());
        }

        static Answer error(int status, String message) {
            return new Answer(status, "{\"code\":" + status + ",\"message\":\"" + message + "\"}");
        }
    }

    interface Handler {
        Answer answer(String method, String path, String query, String body) throws IOException;
    }

    private final Handler handler;
    private volatile Answer always;
    private volatile long delayMillis;
    private final AtomicInteger asked = new AtomicInteger();
    private int port;
    private HttpServer server;
    private ExecutorService threads;

    FakeServer(Handler handler) {
        this.handler = handler;
    }

    String uri() {
        return "http://localhost:" + port;
    }

    public void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getAddress().getPort();
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    public void delay(long millis) {
        delayMillis = millis;
    }

    /** How often it has been asked, whether it has answered or not. */
    public int asked() {
        return asked.get();
    }

    /** Whatever is asked, until {@link #behave()}. */
    public void failWith(int status, String message) {
        always = Answer.error(status, message);
    }

    public void behave() {
        always = null;
        delayMillis = 0;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.incrementAndGet();
            Thread.sleep(delayMillis);
            Answer answer = always != null
                    ? always
                    : handler.answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath(),
                            exchange.getRequestURI().getQuery(),
                            body);
            byte[] bytes = answer.body() == null ? new byte[0] : answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
