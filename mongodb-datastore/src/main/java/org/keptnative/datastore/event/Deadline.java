package org.keptnative.datastore.event;

import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.client.MongoCollection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When a request must be answered: every operation of the database that it needs has what is left of its time. */
public final class Deadline {

    private final long end;

    Deadline(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    /** @throws MongoOperationTimeoutException when nothing is left */
    public <T> MongoCollection<T> of(MongoCollection<T> collection) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new MongoOperationTimeoutException("the time for the request is over");
        }
        return collection.withTimeout(left, TimeUnit.MILLISECONDS);
    }
}
