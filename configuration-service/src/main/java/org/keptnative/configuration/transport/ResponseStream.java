package org.keptnative.configuration.transport;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An answer that a worker thread writes. Only a few pieces of it are in memory: the thread waits for the client. */
final class ResponseStream extends OutputStream {

    private static final int PIECE = 32 * 1024;
    private static final int PIECES = 8;

    private final Semaphore room = new Semaphore(PIECES);
    private final Context context;
    private final HttpServerResponse response;
    private final Pace pace;
    private final byte[] piece = new byte[PIECE];
    private Runnable onFirstWait = () -> {};
    private int filled;
    private boolean begun;
    private volatile boolean gone;

    /** @param context the event loop of the response, whose headers are set already */
    ResponseStream(Context context, HttpServerResponse response, Duration silence) {
        this.context = context;
        this.response = response;
        this.pace = new Pace(silence);
    }

    /** @param action runs once, when the client is slower than the work */
    void onFirstWait(Runnable action) {
        onFirstWait = action;
    }

    /** Whether nothing was written, seen by the client or not. */
    boolean isEmpty() {
        return !begun && filled == 0;
    }

    /** Whether the client may have seen a part of the answer. */
    boolean isBegun() {
        return begun;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int from = offset, rest = length; rest > 0; ) {
            int count = Math.min(rest, PIECE - filled);
            System.arraycopy(bytes, from, piece, filled, count);
            filled += count;
            from += count;
            rest -= count;
            if (filled == PIECE) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (filled > 0) {
            Buffer full = Buffer.buffer(filled).appendBytes(piece, 0, filled);
            filled = 0;
            begun = true;
            waitForRoom(1);
            context.runOnContext(now -> response.write(full).onComplete(written -> {
                gone |= written.failed();
                room.release();
            }));
        }
    }

    /** Returns when the client has got all of it. */
    @Override
    public void close() throws IOException {
        flush();
        waitForRoom(PIECES);
        context.runOnContext(now -> response.end());
    }

    private void waitForRoom(int pieces) throws IOException {
        if (!gone && !room.tryAcquire(pieces)) {
            onFirstWait.run();
            onFirstWait = () -> {};
            waitForClient(pieces);
        }
        if (gone) {
            throw new ClientGoneException("the connection is closed");
        }
    }

    private void waitForClient(int pieces) throws IOException {
        Instant began = Instant.now();
        try {
            if (!room.tryAcquire(pieces, pace.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                gone = true; // JGit writes on when it fails
                throw new ClientGoneException("it reads nothing, or too slowly");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service is shutting down");
        }
        pace.waited(Duration.between(began, Instant.now()), pieces * PIECE);
    }
}
