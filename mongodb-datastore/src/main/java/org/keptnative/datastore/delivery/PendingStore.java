package org.keptnative.datastore.delivery;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.datastore.event.JsonParts;
import org.keptnative.datastore.event.Pending;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is still to be delivered to a follower, as noted in the events themselves: {@code pending.FOLLOWER} holds the project
 * and the place of the event in it, which an index finds directly.
 */
@Singleton
class PendingStore {

    static final int PAGE = 200;

    private static final int COUNTED = 10_000;

    /** The size of an event that was stored without one: as large as any may be. */
    private static final int UNKNOWN_SIZE = 16_000_000;

    private final MongoDatabase database;
    private final JsonParts parts;

    @Inject
    PendingStore(
            MongoClient mongo, @ConfigProperty(name = "quarkus.mongodb.database") String database, JsonParts parts) {
        this.database = mongo.getDatabase(database);
        this.parts = parts;
    }

    /** Makes sure that what is to be delivered to a follower is found, also what an earlier version has left. */
    void prepare(String follower) {
        DeliveryIndexes.create(events(), follower);
        QueueMigration.run(events(), follower);
    }

    /**
     * Some of the waiting events in the order of their projects.
     *
     * @param after the project that is the last not to be in it; null for none
     */
    List<Waiting> byProject(String follower, String after) {
        String place = Pending.placeField(follower);
        return read(follower, after == null ? Filters.gte(place, "") : Pending.beyond(place, after), place, PAGE);
    }

    /** The oldest that came after that one in the log. */
    List<Waiting> after(String follower, long sequence) {
        String field = Pending.sequenceField(follower);
        return read(follower, Filters.gt(field, sequence), field, PAGE);
    }

    /** The first events of a project in their order. They are read at once, so that none comes in between. */
    List<Waiting> ofProject(String follower, String project, int most) {
        String place = Pending.placeField(follower);
        return read(follower, Pending.in(place, project), place, most);
    }

    /** The JSON of events by their keys, without those that have been removed. */
    Map<String, String> json(Collection<String> keys) {
        Map<String, String> json = new HashMap<>();
        events().find(Filters.in("_id", keys))
                .projection(Projections.include("json", "parts", "size"))
                .forEach(event -> parts.json(event).ifPresent(text -> json.put(event.getString("_id"), text)));
        return json;
    }

    /** Notes that these need not be delivered any more. */
    void settle(String follower, Collection<String> keys) {
        events().updateMany(Filters.in("_id", keys), Updates.unset(Pending.field(follower)));
    }

    /** Notes that an event is not delivered until someone asks for it. */
    void park(String follower, Waiting event, String reason) {
        events().updateOne(
                        Filters.and(
                                Filters.eq(event.key()), Filters.eq(Pending.sequenceField(follower), event.sequence())),
                        Updates.combine(
                                Updates.unset(Pending.field(follower)),
                                Updates.set(
                                        Parked.field(follower),
                                        Pending.of(event.project(), event.sequence())
                                                .append(Parked.REASON, reason)
                                                .append(Parked.SINCE, new Date()))));
    }

    /** How many are pending; counting ends at 10 000. */
    long count(String follower) {
        return events().countDocuments(
                        Filters.gt(Pending.sequenceField(follower), 0L), new CountOptions().limit(COUNTED));
    }

    /** Tells all replicas how a follower is. */
    void noteState(String follower, Schedule.State state) {
        states().replaceOne(
                        Filters.eq(follower),
                        new Document("_id", follower).append("state", state.name()),
                        new ReplaceOptions().upsert(true));
    }

    /** How a follower is, by its name; up, unless something else has been noted. */
    Schedule.State state(String follower) {
        Document noted = states().find(Filters.eq(follower)).first();
        return noted == null ? Schedule.State.UP : Schedule.State.valueOf(noted.getString("state"));
    }

    private MongoCollection<Document> states() {
        return database.getCollection("followers");
    }

    private List<Waiting> read(String follower, Bson filter, String order, int most) {
        return events().find(filter)
                .sort(Sorts.ascending(order))
                .limit(most)
                .batchSize(most + 1)
                .projection(Projections.include(Pending.field(follower), "size"))
                .map(event -> waiting(follower, event))
                .into(new ArrayList<>());
    }

    private static Waiting waiting(String follower, Document event) {
        Document place = event.get("pending", Document.class).get(follower, Document.class);
        return new Waiting(
                event.getString("_id"),
                Pending.project(place.getString(Pending.PLACE)),
                place.getLong(Pending.SEQUENCE),
                event.getInteger("size", UNKNOWN_SIZE));
    }

    private MongoCollection<Document> events() {
        return database.getCollection("events");
    }
}
