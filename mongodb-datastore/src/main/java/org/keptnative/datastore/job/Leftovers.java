package org.keptnative.datastore.job;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.keptnative.datastore.event.JsonParts;

import java.time.Duration;

/** Removes the parts of large events that a crash has left: of those that were not stored, or have been removed. */
@Singleton
class Leftovers implements Job {

    private static final Duration BETWEEN_WALKS = Duration.ofMinutes(10);

    @Inject
    JsonParts parts;

    private String position;
    private long next = System.nanoTime();

    @Override
    public boolean work() {
        if (System.nanoTime() - next < 0) {
            return false;
        }
        position = parts.removeLeftovers(position);
        if (position == null) {
            next = System.nanoTime() + BETWEEN_WALKS.toNanos();
        }
        return position != null;
    }
}
