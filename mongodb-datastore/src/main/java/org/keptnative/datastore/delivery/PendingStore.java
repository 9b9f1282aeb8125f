package org.keptnative.datastore.delivery;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import jakarta.inject.Singleton;
import org.bson.conversions.Bson;
import org.keptnative.datastore.event.EventDocument;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is still to be delivered to a follower, as noted in the events themselves. */
@Singleton
class PendingStore {

    private static final int LONGEST = 100;
    private static final int MOST_CHARACTERS = 4_000_000;
    private static final int COUNTED = 100_000;

    /** The oldest pending events in their order, without those of some projects. */
    List<EventDocument> next(String follower, Collection<String> withoutProjects) {
        List<EventDocument> next = new ArrayList<>();
        int characters = 0;
        try (MongoCursor<EventDocument> cursor = events().find(
                        Filters.and(isPending(follower), Filters.nin("project", withoutProjects)))
                .sort(Sorts.ascending(field(follower)))
                .projection(Projections.include("project", "json"))
                .limit(LONGEST)
                .batchSize(LONGEST / 4)
                .iterator()) {
            while (characters < MOST_CHARACTERS && cursor.hasNext()) {
                EventDocument event = cursor.next();
                characters += event.json.length();
                next.add(event);
            }
        }
        return next;
    }

    /** Notes that these need not be delivered any more. */
    void settle(String follower, Collection<String> keys) {
        events().updateMany(Filters.in("_id", keys), Updates.unset(field(follower)));
    }

    /** How many are pending; counting ends at 100 000. */
    long count(String follower) {
        return events().countDocuments(isPending(follower), new CountOptions().limit(COUNTED));
    }

    private static Bson isPending(String follower) {
        // Not "exists": only a comparison can be answered from the sparse index in its order.
        return Filters.gt(field(follower), 0L);
    }

    private static String field(String follower) {
        return "pending." + follower;
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.mongoCollection();
    }
}
