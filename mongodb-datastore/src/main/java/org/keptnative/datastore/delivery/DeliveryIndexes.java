package org.keptnative.datastore.delivery;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import org.bson.Document;
import org.keptnative.datastore.event.Pending;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The indexes by which what is to be delivered to a follower is found. Nothing but its delivery waits for them. */
final class DeliveryIndexes {

    /** A large log takes its time. */
    private static final long LONGEST_MINUTES = 60;

    private DeliveryIndexes() {}

    static void create(MongoCollection<Document> events, String follower) {
        events.withTimeout(LONGEST_MINUTES, TimeUnit.MINUTES).createIndexes(of(follower));
    }

    static List<IndexModel> of(String follower) {
        return List.of(
                index("queue-" + follower, Pending.placeField(follower)),
                index("arrival-" + follower, Pending.sequenceField(follower)),
                index("parked-" + follower, Parked.placeField(follower)));
    }

    private static IndexModel index(String name, String field) {
        return new IndexModel(
                Indexes.ascending(field), new IndexOptions().name(name).sparse(true));
    }
}
