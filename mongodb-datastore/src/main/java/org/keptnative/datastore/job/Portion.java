package org.keptnative.datastore.job;

import java.time.Duration;
import java.util.function.IntToLongFunction;

/** How many documents to deal with at once, so that it takes a database about as long as others can wait. */
final class Portion {

    private static final int MOST = 2000;
    private static final Duration WANTED = Duration.ofMillis(200);

    private int size = 100;

    /** Returns what the work returns, which gets how many documents to take. */
    long of(IntToLongFunction work) {
        long start = System.nanoTime();
        long result = work.applyAsLong(size);
        long took = System.nanoTime() - start;
        if (took > WANTED.toNanos()) {
            size = Math.max(1, size / 2);
        } else if (took < WANTED.toNanos() / 4) {
            size = Math.min(MOST, size * 2);
        }
        return result;
    }
}
