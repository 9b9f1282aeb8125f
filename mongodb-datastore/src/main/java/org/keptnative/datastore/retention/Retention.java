package org.keptnative.datastore.retention;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.bson.conversions.Bson;
import org.jboss.logging.Logger;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.JsonParts;
import org.keptnative.datastore.event.Lists;
import org.keptnative.datastore.event.Sequence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what arrived longer ago than an installation wants to keep it. The events of a context go together, when the
 * last of them is old enough, and with them those that name one of them as
 * what triggered them.
 */
@Singleton
class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int EVENTS_AT_ONCE = 500;

    @Inject
    RetentionConfig config;

    @Inject
    JsonParts parts;

    @Scheduled(every = "${datastore.retention.every}", delayed = "${datastore.retention.every}")
    void run() {
        config.age().ifPresent(age -> {
            long removed = removeOlderThan(Instant.now().minus(age));
            LOG.infof("event=retention removed=%d", removed);
        });
    }

    /** Returns how many events are gone. */
    long removeOlderThan(Instant time) {
        long end = Sequence.at(time);
        long removed = 0;
        Set<String> seen = new HashSet<>();
        List<EventDocument> old = old(0, end);
        while (!old.isEmpty()) {
            for (EventDocument event : old) {
                if (event.context.isEmpty()) {
                    removed += remove(List.of(event));
                } else if (seen.add(event.context) && !goesOn(event.context, end)) {
                    removed += removeContext(event.context);
                }
            }
            old = old(old.get(old.size() - 1).sequence, end);
        }
        return removed;
    }

    private static List<EventDocument> old(long after, long end) {
        return find(Filters.and(Filters.gt("sequence", after), Filters.lt("sequence", end)));
    }

    /** Whether something happened in the context since. */
    private static boolean goesOn(String context, long since) {
        return events().countDocuments(Filters.and(
                        Filters.eq("lists", Lists.ofContext(context)), Filters.gte("sequence", since)))
                > 0;
    }

    private long removeContext(String context) {
        long removed = 0;
        Bson inContext = Filters.eq("lists", Lists.ofContext(context));
        for (var some = find(inContext); !some.isEmpty(); some = find(inContext)) {
            removed += remove(some);
        }
        return removed;
    }

    private long remove(List<EventDocument> documents) {
        List<String> keys = documents.stream().map(document -> document.key).toList();
        List<String> triggered = documents.stream()
                .map(document -> Lists.ofTriggered(document.project, document.eventId))
                .toList();
        Bson all = Filters.or(Filters.in("_id", keys), Filters.in("lists", triggered));
        List<EventDocument> large = events().find(Filters.and(all, Filters.exists("parts")))
                .projection(Projections.include("parts"))
                .into(new ArrayList<>());
        long count = events().deleteMany(all).getDeletedCount();
        parts.removeUnused(large);
        return count;
    }

    private static List<EventDocument> find(Bson filter) {
        return events().find(filter)
                .sort(Sorts.ascending("sequence"))
                .limit(EVENTS_AT_ONCE)
                .projection(Projections.include("project", "context", "eventId", "sequence"))
                .into(new ArrayList<>());
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.mongoCollection();
    }
}
