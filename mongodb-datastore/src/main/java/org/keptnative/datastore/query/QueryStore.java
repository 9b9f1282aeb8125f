package org.keptnative.datastore.query;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import jakarta.enterprise.context.ApplicationScoped;
import org.bson.conversions.Bson;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.EventText;
import org.keptnative.datastore.event.Times;

import java.util.ArrayList;
import java.util.List;

/** Reads events. */
@ApplicationScoped
public class QueryStore {

    /** Newest first; of two events with the same time, the one that arrived later. */
    private static final Bson NEWEST_FIRST = Sorts.descending("time", "sequence");

    List<EventDocument> find(Query query, int offset, int limit) {
        return events().find(filter(query))
                .sort(NEWEST_FIRST)
                .skip(offset)
                .limit(limit)
                .projection(Projections.include("json"))
                .into(new ArrayList<>());
    }

    /** Counts no further than the limit. */
    int count(Query query, int limit) {
        return (int) events().countDocuments(filter(query), new CountOptions().limit(limit));
    }

    private static Bson filter(Query query) {
        List<Bson> all = new ArrayList<>();
        all.add(Filters.eq("lists", query.list()));
        query.anyOf()
                .forEach((path, values) -> all.add(Filters.in(
                        "facts",
                        values.stream()
                                .map(value -> EventText.fact(path, value))
                                .toList())));
        if (query.after() != null) {
            all.add(Filters.gt("time", Times.nanos(query.after())));
        }
        return Filters.and(all);
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.mongoCollection();
    }
}
