package org.keptnative.datastore.delivery;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.IndexKey;
import org.keptnative.datastore.event.Pending;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** What was parked, as noted in the events themselves: {@code parked.FOLLOWER} holds the place it had, a reason and a time. */
@Singleton
class ParkedStore {

    private static final int COUNTED = 10_000;
    private static final int AT_ONCE = 500;

    /**
     * Parked deliveries in the order of projects and events.
     *
     * @param project only those of this project; null for all
     * @param after the place that the page before ended with, see {@link Pending}; null for none
     */
    List<ParkedDelivery> list(String follower, String project, String after, int most) {
        Bson filter = project == null ? isParked(follower) : isParked(follower, project);
        return find(
                        follower,
                        after == null ? filter : Filters.and(filter, Filters.gt(Parked.placeField(follower), after)))
                .limit(most)
                .projection(Projections.include(Parked.field(follower), "json", "head"))
                .map(event -> delivery(follower, event))
                .into(new ArrayList<>());
    }

    /** Gives one back its place in the queue, and returns its project; nothing when there is none. */
    Optional<String> redeliver(String follower, String key) {
        Document event = events().find(Filters.and(Filters.eq(key), isParked(follower)))
                .projection(Projections.include(Parked.field(follower)))
                .first();
        return event != null && redeliver(follower, event)
                ? Optional.of(project(parked(follower, event)))
                : Optional.empty();
    }

    /** Gives all of a project back their places in the queue, and returns how many. */
    long redeliverAll(String follower, String project) {
        // What is parked again at once stays so.
        Bson before = Filters.and(isParked(follower, project), Filters.lt(Parked.sinceField(follower), new Date()));
        long count = 0;
        for (var some = some(follower, before); !some.isEmpty(); some = some(follower, before)) {
            count += some.stream().filter(event -> redeliver(follower, event)).count();
        }
        return count;
    }

    boolean discard(String follower, String key) {
        return events().updateOne(
                                Filters.and(Filters.eq(key), isParked(follower)), Updates.unset(Parked.field(follower)))
                        .getModifiedCount()
                > 0;
    }

    long discardAll(String follower, String project) {
        return events().updateMany(isParked(follower, project), Updates.unset(Parked.field(follower)))
                .getModifiedCount();
    }

    /** How many are parked; counting ends at 10 000. */
    long count(String follower) {
        return events().countDocuments(isParked(follower), new CountOptions().limit(COUNTED));
    }

    private static List<Document> some(String follower, Bson filter) {
        return find(follower, filter)
                .limit(AT_ONCE)
                .projection(Projections.include(Parked.field(follower)))
                .into(new ArrayList<>());
    }

    private static boolean redeliver(String follower, Document event) {
        Document parked = parked(follower, event);
        return events().updateOne(
                                Filters.and(Filters.eq(event.get("_id")), isParked(follower)),
                                Updates.combine(
                                        Updates.unset(Parked.field(follower)),
                                        Updates.set(
                                                Pending.field(follower),
                                                Pending.of(project(parked), parked.getLong(Pending.SEQUENCE)))))
                        .getModifiedCount()
                > 0;
    }

    private static FindIterable<Document> find(String follower, Bson filter) {
        return events().find(filter).sort(Sorts.ascending(Parked.placeField(follower)));
    }

    private static Document parked(String follower, Document event) {
        return event.get("parked", Document.class).get(follower, Document.class);
    }

    private static String project(Document parked) {
        return Pending.project(parked.getString(Pending.PLACE));
    }

    private static ParkedDelivery delivery(String follower, Document event) {
        Document parked = parked(follower, event);
        EventHead head = EventHead.of(event);
        return new ParkedDelivery(
                event.getString("_id"),
                project(parked),
                head.source(),
                head.id(),
                head.type(),
                parked.getLong(Pending.SEQUENCE),
                parked.getString(Parked.REASON),
                parked.getDate(Parked.SINCE).toInstant().toString());
    }

    private static Bson isParked(String follower) {
        return Filters.gte(Parked.placeField(follower), "");
    }

    private static Bson isParked(String follower, String project) {
        return Pending.in(Parked.placeField(follower), IndexKey.of(project));
    }

    private static MongoCollection<Document> events() {
        return EventDocument.mongoCollection().withDocumentClass(Document.class);
    }
}
