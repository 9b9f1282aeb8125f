package org.keptnative.configuration.transport;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A body as it comes, for a worker thread to read. Only a few pieces of it are in memory: the client has to wait. */
final class RequestStream extends InputStream {

    private static final int PIECES = 8;

    /** In bytes: what only asks is rarely longer, and what brings files is worth a thread then. */
    private static final int WORTH_A_THREAD = 16 * 1024;

    private final Buffer end = Buffer.buffer();
    private final Buffer broken = Buffer.buffer();
    private final BlockingQueue<Buffer> arrived = new LinkedBlockingQueue<>();
    private final HttpServerRequest request;
    private final Context context = Vertx.currentContext();
    private final Duration silence;
    private final Pace pace;
    private Buffer piece = Buffer.buffer();
    private int position;
    private String failure;

    /** To be made on the event loop, before anything of the body was read. */
    RequestStream(HttpServerRequest request, Duration silence) {
        this.request = request;
        this.silence = silence;
        this.pace = new Pace(silence);
    }

    /**
     * Lets the work begin when all of a small body is there, or a part of a large one: whoever sends little by little
     * holds no thread until then. Who does not get that far in time is let go of. To be called on the event loop.
     */
    void whenWorthAThread(Runnable work) {
        if (request.isEnded()) {
            arrived.add(end);
            work.run();
            return;
        }
        Buffer beginning = Buffer.buffer();
        Vertx vertx = context.owner();
        long timer =
                vertx.setTimer(silence.toMillis(), late -> request.connection().close());
        request.pause();
        request.handler(next -> {
                    if (beginning.appendBuffer(next).length() < WORTH_A_THREAD) {
                        request.fetch(1);
                        return;
                    }
                    vertx.cancelTimer(timer);
                    arrived.add(beginning);
                    request.handler(arrived::add)
                            .endHandler(ended -> arrived.add(end))
                            .exceptionHandler(e -> arrived.add(broken));
                    work.run();
                })
                .endHandler(ended -> {
                    vertx.cancelTimer(timer);
                    arrived.add(beginning);
                    arrived.add(end);
                    work.run();
                })
                .exceptionHandler(e -> vertx.cancelTimer(timer));
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
        if (failure != null) {
            throw new ClientGoneException(failure); // JGit reads on when it tidies up
        }
        try {
            Instant began = Instant.now();
            Buffer next = arrived.poll(pace.patience().toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw gone("it sends nothing, or too slowly");
            }
            pace.waited(Duration.between(began, Instant.now()), next.length());
            if (next == broken) {
                throw gone("the connection is closed");
            }
            context.runOnContext(more -> request.fetch(1));
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EOFException("the service is shutting down");
        }
    }

    private ClientGoneException gone(String why) {
        failure = why;
        return new ClientGoneException(why);
    }
}
