package org.keptnative.datastore.query;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import jakarta.inject.Singleton;
import org.bson.conversions.Bson;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.EventText;
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

    /**
     * The newest first; of two with the same time, the one that arrived later. Where the list holds what is asked for
     * and nothing else, older events may follow those asked for ({@link Query#later}): not every server reads a list in
     * its order when it shall end at a time.
     */
    FindIterable<EventDocument> find(Query query) {
        List<Bson> filter = inList(query);
        if (filter.size() > 1) {
            filter.addAll(later(query));
        }
        return events().find(Filters.and(filter))
                .sort(Sorts.descending("time", "sequence"))
                .projection(Projections.include("json", "eventId", "project", "time"));
    }

    /** Counts no further than the limit. */
    int count(Query query, int limit) {
        List<Bson> filter = inList(query);
        filter.addAll(later(query));
        return (int) events().countDocuments(Filters.and(filter), new CountOptions().limit(limit));
    }

    /** Those of the events that an event of that type declares void. */
    Set<EventDocument> invalidated(Collection<EventDocument> events, String invalidation) {
        Set<String> wanted = new HashSet<>();
        events.forEach(event -> wanted.add(Lists.ofTriggered(event.project, event.eventId)));
        Set<String> found = new HashSet<>();
        events().find(Filters.and(
                        Filters.in("lists", wanted), Filters.eq("facts", EventText.fact(Members.TYPE, invalidation))))
                .projection(Projections.include("lists"))
                .forEach(event -> found.addAll(event.lists));
        Set<EventDocument> invalidated = new HashSet<>(events);
        invalidated.removeIf(event -> !found.contains(Lists.ofTriggered(event.project, event.eventId)));
        return invalidated;
    }

    private static List<Bson> inList(Query query) {
        Lists.Choice list = query.list();
        List<Bson> all = new ArrayList<>();
        all.add(Filters.eq("lists", list.name()));
        query.anyOf().forEach((path, values) -> {
            if (!list.by().contains(path)) {
                all.add(Filters.in(
                        "facts",
                        values.stream()
                                .map(value -> EventText.fact(path, value))
                                .toList()));
            }
        });
        return all;
    }

    private static List<Bson> later(Query query) {
        return query.after() == null ? List.of() : List.of(Filters.gt("time", Times.nanos(query.after())));
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.mongoCollection();
    }
}
