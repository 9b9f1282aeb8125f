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

    /** The newest first; of two with the same time, the one that arrived later. */
    FindIterable<EventDocument> find(Query query) {
        return events().find(filter(query))
                .sort(Sorts.descending("time", "sequence"))
                .projection(Projections.include("json", "eventId", "project"));
    }

    /** Counts no further than the limit. */
    int count(Query query, int limit) {
        return (int) events().countDocuments(filter(query), new CountOptions().limit(limit));
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

    private static Bson filter(Query query) {
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
        if (query.after() != null) {
            all.add(Filters.gt("time", Times.nanos(query.after())));
        }
        return Filters.and(all);
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.mongoCollection();
    }
}
