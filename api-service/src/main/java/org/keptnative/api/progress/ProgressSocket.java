package org.keptnative.api.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

import java.util.UUID;

/**
 * The websocket of Keptn 0.7. Who names a channel in the header reads it; who does not, a service that reports
 * progress, writes frames that name theirs.
 */
@WebSocket(path = ProgressSocket.PATH)
public class ProgressSocket {

    static final String PATH = "/websocket";

    private static final String CHANNEL_HEADER = "Keptn-Ws-Channel-Id";
    private static final TypedKey<SocketReader> READER = new TypedKey<>("reader");
    private static final CloseReason NOT_A_FRAME =
            new CloseReason(1007, "a frame must be a JSON object with a shkeptncontext");

    private final Channels channels;
    private final ObjectMapper json;

    ProgressSocket(Channels channels, ObjectMapper json) {
        this.channels = channels;
        this.json = json;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        String channel = connection.handshakeRequest().header(CHANNEL_HEADER);
        if (channel != null) {
            SocketReader reader = new SocketReader(connection);
            connection.userData().put(READER, reader);
            channels.join(channel, reader);
        }
    }

    @OnTextMessage
    @NonBlocking
    Uni<Void> receive(String frame, WebSocketConnection connection) {
        if (connection.userData().get(READER) != null) {
            return Uni.createFrom().voidItem(); // readers have nothing to say
        }
        String context = contextOf(frame);
        if (context == null) {
            return connection.close(NOT_A_FRAME);
        }
        channels.publish(context, frame, UUID.randomUUID().toString());
        return Uni.createFrom().voidItem();
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        SocketReader reader = connection.userData().get(READER);
        if (reader != null) {
            channels.leave(connection.handshakeRequest().header(CHANNEL_HEADER), reader);
        }
    }

    private String contextOf(String frame) {
        try {
            return json.readTree(frame).path("shkeptncontext").textValue();
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
