package org.keptnative.configuration.admission;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;

/** What requests may bring into memory together, in bytes: half of the heap, so that the work on them fits as well. */
@Singleton
public class MemoryBudget {

    private final long total;
    private long free;
    private Runnable onReturn = () -> {};

    @Inject
    MemoryBudget() {
        this(Runtime.getRuntime().maxMemory() / 2);
    }

    MemoryBudget(long total) {
        this.total = total;
        free = total;
    }

    long total() {
        return total;
    }

    synchronized boolean take(long bytes) {
        if (bytes > free) {
            return false;
        }
        free -= bytes;
        return true;
    }

    void giveBack(long bytes) {
        synchronized (this) {
            free += bytes;
        }
        onReturn.run();
    }

    /** @param action runs after each return, on the thread that returns */
    void onReturn(Runnable action) {
        onReturn = action;
    }

    /** A share that grows with what a request unfolds to; to be closed when that is no longer in memory. */
    public Share share() {
        return new Share();
    }

    /** Of one request, on one thread. */
    public final class Share implements AutoCloseable {

        /** What is unpacked is in memory once as it is, and once on its way to the disk. */
        private static final int COPIES = 2;

        private final long limit = Math.min(64 << 20, total / COPIES / 4);
        private long bytes;

        /** How many bytes one request may unfold to. */
        public long limit() {
            return limit;
        }

        /**
         * @return false, when it is too much for one request
         * @throws ApiException 503, when others have taken too much
         */
        public boolean grow(long more) {
            if (bytes + more > limit) {
                return false;
            }
            if (!take(more * COPIES)) {
                throw new ApiException(503, "too much is being worked on at once, so try again later");
            }
            bytes += more;
            return true;
        }

        @Override
        public void close() {
            giveBack(bytes * COPIES);
            bytes = 0;
        }
    }
}
