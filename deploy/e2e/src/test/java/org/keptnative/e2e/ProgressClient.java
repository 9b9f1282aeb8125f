package org.keptnative.e2e;

import io.restassured.path.json.JsonPath;
import org.keptnative.e2e.installation.Installation;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of the websocket; it remembers what it hears. */
public final class ProgressClient implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean ended;
    private WebSocket socket;

    /** @param headers of the handshake, names and values by turns */
    public static ProgressClient connect(Installation installation, String... headers) {
        String gateway = installation.gateway().url().toString();
        return connect(URI.create(gateway.replaceFirst("^http", "ws") + "/api/websocket"), headers);
    }

    /** Past the gateway. */
    public static ProgressClient connect(URI address, String... headers) {
        ProgressClient client = new ProgressClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket = builder.buildAsync(address, client).join();
        return client;
    }

    /** The status that such a handshake is answered with. */
    public static int handshake(Installation installation, String... headers) {
        try (ProgressClient client = connect(installation, headers)) {
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

    public int pings() {
        return pings.get();
    }

    /** Whether the other side may still say something. */
    public boolean isOpen() {
        return !ended;
    }

    /** Level and text of each frame; {@code END} for the one that terminates. */
    public List<String> lines() {
        return frames.stream()
                .map(JsonPath::from)
                .map(frame -> frame.getBoolean("data.terminate")
                        ? "END"
                        : frame.getString("data.loglevel") + " " + frame.getString("data.message"))
                .toList();
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
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        ended = true;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable broken) {
        ended = true;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
