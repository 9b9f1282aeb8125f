package org.keptnative.api.progress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of the websocket that remembers what it hears. */
public class SocketClient implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    /** @param headers names and values by turns, as java.net.http has them */
    public static SocketClient connect(String... headers) {
        SocketClient client = new SocketClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket = builder.buildAsync(URI.create("ws://localhost:" + RestAssured.port + "/websocket"), client)
                .join();
        return client;
    }

    public static SocketClient reader(String token, String context) {
        return connect("Token", token, "Keptn-Ws-Channel-Id", context);
    }

    /** The status with which the server refuses such a handshake. */
    static int refusal(String... headers) {
        try (SocketClient client = connect(headers)) {
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    public void send(String frame) {
        socket.sendText(frame, true).join();
    }

    public List<String> frames() {
        return frames;
    }

    /** Level and text of each frame, and at which one it ended. */
    public List<String> lines() {
        return frames.stream().map(SocketClient::line).toList();
    }

    int pings() {
        return pings.get();
    }

    CompletableFuture<Integer> closed() {
        return closed;
    }

    private static String line(String frame) {
        try {
            JsonNode data = JSON.readTree(frame).get("data");
            return data.get("terminate").asBoolean()
                    ? "END"
                    : data.get("loglevel").asText() + " " + data.get("message").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        pings.incrementAndGet();
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
