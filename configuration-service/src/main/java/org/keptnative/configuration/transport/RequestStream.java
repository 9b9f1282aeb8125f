package org.keptnative.configuration.transport;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A body as it comes, for a worker thread to read. Only a few pieces of it are in memory: the client has to wait. */
final class RequestStream extends InputStream {

    private static final int PIECES = 8;

    private final Buffer end = Buffer.buffer();
    private final Buffer broken = Buffer.buffer();
    private final BlockingQueue<Buffer> arrived = new LinkedBlockingQueue<>();
    private final HttpServerRequest request;
    private final Context context = Vertx.currentContext();
    private final Duration silence;
    private Buffer piece = Buffer.buffer();
    private int position;

    /** To be made on the event loop, before anything of the body was read. */
    RequestStream(HttpServerRequest request, Duration silence) {
        this.request = request;
        this.silence = silence;
        if (request.isEnded()) {
            arrived.add(end);
            return;
        }
        request.pause();
        request.handler(arrived::add).endHandler(ended -> arrived.add(end)).exceptionHandler(e -> arrived.add(broken));
        request.fetch(PIECES);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == piece.length() && piece != end) {
            piece = next();
            position = 0;
        }
        if (piece == end) {
            return -1;
        }
        int count = Math.min(length, piece.length() - position);
        piece.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private Buffer next() throws IOException {
        try {
            Buffer next = arrived.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new ClientGoneException("it sends nothing");
            }
            if (next == broken) {
                throw new ClientGoneException("the connection is closed");
            }
            context.runOnContext(more -> request.fetch(1));
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EOFException("the service is shutting down");
        }
    }
}
