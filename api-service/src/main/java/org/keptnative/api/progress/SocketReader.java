package org.keptnative.api.progress;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jboss.logging.Logger;

import java.util.concurrent.atomic.AtomicInteger;

/** A client on the websocket; one that reads more slowly than frames come is hung up on. */
class SocketReader implements Reader {

    private static final Logger LOG = Logger.getLogger(SocketReader.class);
    private static final int MOST_UNSENT = 1_000;
    private static final CloseReason TOO_SLOW = new CloseReason(1013, "frames are read too slowly");

    private final WebSocketConnection connection;
    private final AtomicInteger unsent = new AtomicInteger();

    SocketReader(WebSocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public void receive(String frame) {
        int waiting = unsent.incrementAndGet();
        if (waiting < MOST_UNSENT) {
            connection
                    .sendText(frame)
                    .subscribe()
                    .with(
                            sent -> unsent.decrementAndGet(),
                            failure -> LOG.debugf("event=frame-unsent reason=%s", failure));
        } else if (waiting == MOST_UNSENT) {
            LOG.warnf("event=reader-too-slow connection=%s", connection.id());
            connection.close(TOO_SLOW).subscribe().with(closed -> {}, failure -> {});
        }
    }
}
