package org.keptnative.datastore.event;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import jakarta.inject.Singleton;
import org.bson.Document;

import java.time.Duration;

/** Whether all events in the log stand in all lists of this edition, or some only in those of the first one. */
@Singleton
public class Edition {

    private static final String RENEWAL = "renewal";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private volatile boolean isComplete;
    private volatile long lookedAt = System.nanoTime() - BETWEEN_LOOKS.toNanos();

    public boolean isComplete() {
        if (!isComplete && System.nanoTime() - lookedAt >= BETWEEN_LOOKS.toNanos()) {
            lookedAt = System.nanoTime();
            Document renewal = progress();
            isComplete = renewal != null && renewal.getBoolean("done", false);
        }
        return isComplete;
    }

    /** How far {@link EventDocument#renewed} has gone through the log: the last key; null before it has begun. */
    public String renewedUpTo() {
        Document renewal = progress();
        return renewal == null ? null : renewal.getString("key");
    }

    public void renewedUpTo(String key) {
        records().updateOne(Filters.eq(RENEWAL), Updates.set("key", key), new UpdateOptions().upsert(true));
    }

    /** Nothing is left to be renewed. */
    public void complete() {
        records().updateOne(Filters.eq(RENEWAL), Updates.set("done", true), new UpdateOptions().upsert(true));
        isComplete = true;
    }

    private static Document progress() {
        return records().find(Filters.eq(RENEWAL)).first();
    }

    private static MongoCollection<Document> records() {
        return EventDocument.mongoDatabase().getCollection("jobs");
    }
}
