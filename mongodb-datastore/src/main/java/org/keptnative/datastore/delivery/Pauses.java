package org.keptnative.datastore.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential back-off with jitter. */
record Pauses(Duration first, Duration longest) {

    /** The pause after that many failures: between half and all of a value that doubles each time. */
    Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        long limit = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit / 2, limit + 1));
    }
}
