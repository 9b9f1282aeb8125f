package org.keptnative.datastore.job;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.datastore.event.Edition;
import org.keptnative.datastore.event.EventDocument;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives the events that the first edition stored what events are found by today. Goes through the log until it finds
 * nothing to do any more, since replicas of the first edition may store some while they are replaced.
 */
@Singleton
class Renewal implements Job {

    private static final Logger LOG = Logger.getLogger(Renewal.class);

    private static final Duration AFTER_START = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 200;
    private static final int MOST_CHARACTERS = 4_000_000;
    private static final long TIMEOUT_SECONDS = 30;

    @Inject
    Edition edition;

    private final Portion portion = new Portion();
    private final long startedAt = System.nanoTime();
    private long renewed;

    @Override
    public boolean work() {
        return !edition.isComplete() && System.nanoTime() - startedAt > AFTER_START.toNanos() && renewSome();
    }

    /** Whether there may be more. */
    boolean renewSome() {
        String after = edition.renewedUpTo();
        long read = portion.of(size -> renew(after, Math.min(size, MOST_AT_ONCE)));
        if (read > 0) {
            return true;
        }
        if (renewed == 0) {
            edition.complete();
            LOG.info("event=log-renewed");
            return false;
        }
        renewed = 0;
        edition.renewedUpTo(null);
        return true;
    }

    /** Returns how many there were. */
    private int renew(String after, int size) {
        List<EventDocument> some = next(after, size);
        List<WriteModel<EventDocument>> updates = new ArrayList<>();
        for (EventDocument event : some) {
            event.renewed()
                    .ifPresent(today -> updates.add(new UpdateOneModel<>(
                            // Unless it has been purged meanwhile.
                            Filters.and(Filters.eq(event.key), Filters.eq("lists", event.lists)),
                            Updates.combine(
                                    Updates.set("lists", today.lists),
                                    Updates.set("facts", today.facts),
                                    Updates.set("incomplete", today.incomplete),
                                    Updates.set("time", today.time),
                                    Updates.set("exactTime", today.exactTime)))));
        }
        if (!updates.isEmpty()) {
            events().bulkWrite(updates, new BulkWriteOptions().ordered(false));
            renewed += updates.size();
        }
        if (!some.isEmpty()) {
            edition.renewedUpTo(some.get(some.size() - 1).key);
        }
        return some.size();
    }

    private static List<EventDocument> next(String after, int size) {
        List<EventDocument> next = new ArrayList<>();
        int characters = 0;
        try (MongoCursor<EventDocument> cursor = events().find(
                        after == null ? Filters.empty() : Filters.gt("_id", after))
                .sort(Sorts.ascending("_id"))
                .limit(size)
                .batchSize(MOST_AT_ONCE / 10)
                .iterator()) {
            while (characters < MOST_CHARACTERS && cursor.hasNext()) {
                EventDocument event = cursor.next();
                characters += event.characters();
                next.add(event);
            }
        }
        return next;
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.<EventDocument>mongoCollection().withTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
