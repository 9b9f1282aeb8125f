package org.keptnative.datastore.query;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.bson.conversions.Bson;
import org.keptnative.datastore.event.Edition;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.EventIndexes;
import org.keptnative.datastore.event.Facts;
import org.keptnative.datastore.event.Lists;
import org.keptnative.datastore.event.Members;
import org.keptnative.datastore.event.Times;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads events. */
@Singleton
class QueryStore {

    @Inject
    EventIndexes indexes;

    @Inject
    Edition edition;

    /**
     * The later millisecond first, within one in the order of arrival. Where the list holds what is asked for and nothing
     * else, older events may follow those asked for ({@link Query#later}): not every server reads a list in its order
     * when it shall end at a time.
     */
    FindIterable<EventDocument> find(Query query) {
        List<Bson> filter = inList(query);
        if (filter.size() > 1) {
            filter.addAll(later(query));
        } else {
            filter.addAll(notEarlierInItsMillisecond(query));
        }
        return events().find(Filters.and(filter))
                .sort(indexes.order())
                .projection(Projections.include(
                        "json", "parts", "size", "eventId", "project", "time", "exactTime", "incomplete"));
    }

    /**
     * Counts no further than the limit. An index alone counts what is later than a millisecond; within it the events must
     * be read.
     */
    int count(Query query, int limit) {
        if (query.after() == null) {
            return count(inList(query), limit);
        }
        List<Bson> afterwards = inList(query);
        afterwards.add(Filters.gt("time", Times.millisecond(query.after())));
        int counted = count(afterwards, limit);
        if (counted == limit) {
            return counted;
        }
        List<Bson> within = inList(query);
        within.add(Filters.eq("time", Times.millisecond(query.after())));
        within.addAll(notEarlierInItsMillisecond(query));
        return counted + count(within, limit - counted);
    }

    private static int count(List<Bson> filter, int limit) {
        return (int) events().countDocuments(Filters.and(filter), new CountOptions().limit(limit));
    }

    /** Those of the events that an event of that type declares void. */
    Set<EventDocument> invalidated(Collection<EventDocument> events, String invalidation) {
        Set<String> wanted = new HashSet<>();
        events.forEach(event -> wanted.add(Lists.ofTriggered(event.project, event.eventId)));
        Set<String> found = new HashSet<>();
        events().find(Filters.and(
                        Filters.in("lists", wanted), Filters.eq("facts", Facts.of(Members.TYPE, invalidation))))
                .projection(Projections.include("lists"))
                .forEach(event -> found.addAll(event.lists));
        Set<EventDocument> invalidated = new HashSet<>(events);
        invalidated.removeIf(event -> !found.contains(Lists.ofTriggered(event.project, event.eventId)));
        return invalidated;
    }

    private List<Bson> inList(Query query) {
        Lists.Choice list = query.list(edition);
        List<Bson> all = new ArrayList<>();
        all.add(Filters.eq("lists", list.name()));
        query.anyOf().forEach((path, values) -> {
            if (!list.by().contains(path)) {
                Bson noted = Filters.in(
                        "facts",
                        values.stream().map(value -> Facts.of(path, value)).toList());
                all.add(Facts.areAlwaysNotedFor(path) ? noted : Filters.or(noted, Filters.eq("incomplete", true)));
            }
        });
        return all;
    }

    private static List<Bson> later(Query query) {
        if (query.after() == null) {
            return List.of();
        }
        List<Bson> all = new ArrayList<>(notEarlierInItsMillisecond(query));
        all.add(Filters.gte("time", Times.millisecond(query.after())));
        return all;
    }

    /** Leaves out what has the millisecond asked for but is not later. */
    private static List<Bson> notEarlierInItsMillisecond(Query query) {
        return query.after() == null
                ? List.of()
                : List.of(Filters.nor(Filters.and(
                        Filters.gte("exactTime", Times.millisecond(query.after())),
                        Filters.lte("exactTime", Times.nanos(query.after())))));
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.mongoCollection();
    }
}
