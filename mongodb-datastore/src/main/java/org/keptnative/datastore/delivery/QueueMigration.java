package org.keptnative.datastore.delivery;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.keptnative.datastore.event.Pending;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives events that an earlier version has left in its queue a place in the present one. That version noted the sequence
 * alone and had an index on it, which shows that there may be such events.
 */
final class QueueMigration {

    private static final int AT_ONCE = 500;

    private QueueMigration() {}

    static void run(MongoCollection<Document> events, String follower) {
        String index = "pending-" + follower;
        if (indexes(events).contains(index)) {
            for (var some = some(events, follower); !some.isEmpty(); some = some(events, follower)) {
                some.forEach(event -> move(events, follower, event));
            }
            events.dropIndex(index);
        }
    }

    private static List<Document> some(MongoCollection<Document> events, String follower) {
        return events.find(Filters.gt(Pending.field(follower), 0L))
                .limit(AT_ONCE)
                .projection(Projections.include("project", Pending.field(follower)))
                .into(new ArrayList<>());
    }

    private static void move(MongoCollection<Document> events, String follower, Document event) {
        long sequence = event.get("pending", Document.class).getLong(follower);
        events.updateOne(
                Filters.and(Filters.eq(event.get("_id")), Filters.eq(Pending.field(follower), sequence)),
                Updates.set(Pending.field(follower), Pending.of(event.getString("project"), sequence)));
    }

    private static List<String> indexes(MongoCollection<Document> events) {
        return events.listIndexes().map(index -> index.getString("name")).into(new ArrayList<>());
    }
}
