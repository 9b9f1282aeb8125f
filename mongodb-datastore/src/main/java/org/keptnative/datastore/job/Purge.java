package org.keptnative.datastore.job;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jboss.logging.Logger;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.JsonParts;
import org.keptnative.datastore.event.Lists;
import org.keptnative.datastore.event.ProjectDeleted;
import org.keptnative.datastore.event.ProjectPurged;
import org.keptnative.datastore.event.Sequence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Forgets the events of deleted projects: those that arrived before the deletion, so that a project created anew under the
 * name keeps its own. What must still be delivered goes when it has been, but no query finds it any more.
 */
@Singleton
class Purge implements Job {

    private static final Logger LOG = Logger.getLogger(Purge.class);

    /** Far beyond what a portion takes: a busy database shall not make it fail again and again. */
    private static final long TIMEOUT_SECONDS = 30;

    private static final Duration BETWEEN_LOOKS_FOR_DELIVERED = Duration.ofSeconds(30);

    /** An event may have got its sequence before the deletion, and be stored so much later. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

    private static final Bson IS_DELIVERED =
            Filters.and(Filters.in("pending", null, new Document()), Filters.in("parked", null, new Document()));

    @Inject
    Event<ProjectPurged> purged;

    @Inject
    JsonParts parts;

    private final Portion portion = new Portion();
    private long lookedForDelivered = System.nanoTime();

    /** When this returns, the purge is recorded. */
    void record(@Observes ProjectDeleted deleted) {
        deleted.deadline()
                .of(records())
                .updateOne(
                        Filters.eq(Lists.ofProject(deleted.project())),
                        Updates.max("until", deleted.until()),
                        new UpdateOptions().upsert(true));
    }

    @Override
    public boolean work() {
        for (Document purge : records().find().into(new ArrayList<>())) {
            String list = purge.getString("_id");
            long until = purge.getLong("until");
            Bson events = Filters.and(Filters.eq("lists", list), Filters.lt("sequence", until));
            if (portion.of(size -> forget(events, size)) > 0) {
                return true;
            }
            purged.fire(new ProjectPurged());
            if (until < Sequence.at(Instant.now().minus(LONGEST_REQUEST))) {
                records().deleteOne(purge); // unless it has been deleted again meanwhile
                LOG.infof("event=purged list=%s", list);
            }
        }
        return System.nanoTime() - lookedForDelivered > BETWEEN_LOOKS_FOR_DELIVERED.toNanos()
                && forgetWhatIsDelivered();
    }

    /** Returns how many there were. */
    private long forget(Bson events, int size) {
        List<EventDocument> oldest = oldest(events, size);
        if (!oldest.isEmpty()) {
            Bson these = these(oldest);
            events().deleteMany(Filters.and(these, IS_DELIVERED));
            parts.removeUnused(oldest);
            // Those that have been delivered meanwhile are looked for later.
            events().updateMany(
                            these,
                            Updates.combine(
                                    Updates.set("lists", List.of(Lists.PURGED)),
                                    Updates.unset("root"),
                                    Updates.unset("facts")));
        }
        return oldest.size();
    }

    /** Whether there was something. */
    boolean forgetWhatIsDelivered() {
        Bson events = Filters.and(Filters.eq("lists", Lists.PURGED), IS_DELIVERED);
        boolean found = portion.of(size -> delete(oldest(events, size))) > 0;
        if (!found) {
            lookedForDelivered = System.nanoTime();
        }
        return found;
    }

    private long delete(List<EventDocument> some) {
        if (some.isEmpty()) {
            return 0;
        }
        long count = events().deleteMany(these(some)).getDeletedCount();
        parts.removeUnused(some);
        return count;
    }

    private static Bson these(List<EventDocument> some) {
        return Filters.in("_id", some.stream().map(event -> event.key).toList());
    }

    /** The oldest come first: those of a project created anew are at the other end of the list. */
    private static List<EventDocument> oldest(Bson events, int most) {
        return events().find(events)
                .sort(Sorts.orderBy(Sorts.ascending("time"), Sorts.descending("sequence")))
                .limit(most)
                .projection(Projections.include("parts"))
                .into(new ArrayList<>());
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.<EventDocument>mongoCollection().withTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** What is to be purged: the name of a list, and the sequence of the event that orders it. */
    private static MongoCollection<Document> records() {
        return EventDocument.mongoDatabase().getCollection("purges");
    }
}
