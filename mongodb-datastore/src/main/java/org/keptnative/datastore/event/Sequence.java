package org.keptnative.datastore.event;

import jakarta.inject.Singleton;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers events in the order of their arrival without asking the database: microseconds since 1970, never twice the
 * same, with ten bits of the process below them. Within a process the order is exact; between processes it is as good as
 * their clocks.
 */
@Singleton
public class Sequence {

    private static final int PROCESS_BITS = 10;

    private final long process = new SecureRandom().nextInt(1 << PROCESS_BITS);
    private final AtomicLong last = new AtomicLong();

    public long next() {
        long now = micros(Instant.now());
        return last.updateAndGet(before -> Math.max(before + 1, now)) << PROCESS_BITS | process;
    }

    /** The number an event had that arrived at that time. */
    public static long at(Instant time) {
        return micros(time) << PROCESS_BITS;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
