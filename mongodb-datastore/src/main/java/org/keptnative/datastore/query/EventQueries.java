package org.keptnative.datastore.query;

import com.mongodb.client.MongoCursor;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.StoredEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Answers queries. */
@Singleton
class EventQueries {

    /** Counting all events of a large project would cost more than finding those on a page. */
    private static final int COUNTED_BEYOND_OFFSET = 1000;

    @Inject
    QueryStore store;

    @Inject
    MeterRegistry metrics;

    EventPage page(Query query, int size, int offset) {
        return timed(query.kind(), () -> {
            List<StoredEvent> events = read(query, offset, size);
            boolean isLast = events.size() < size && (offset == 0 || !events.isEmpty());
            int total = isLast ? offset + events.size() : store.count(query, offset + COUNTED_BEYOND_OFFSET);
            String next = offset + size < total ? Integer.toString(offset + size) : null;
            return new EventPage(events, next, size, total);
        });
    }

    EventList newest(Query query, int limit) {
        return timed("type", () -> new EventList(read(query, 0, limit)));
    }

    /** The newest ones that no event of the invalidating type declares void. */
    EventList newestValid(Query query, String invalidation, int limit) {
        return timed("type", () -> {
            List<StoredEvent> valid = new ArrayList<>();
            try (MongoCursor<EventDocument> cursor =
                    store.find(query).batchSize(limit).iterator()) {
                boolean isLast = false;
                while (valid.size() < limit && cursor.hasNext() && !isLast) {
                    List<EventDocument> some = next(cursor, limit);
                    List<EventDocument> later = query.later(some);
                    isLast = later.size() < some.size();
                    Set<EventDocument> invalidated = store.invalidated(later, invalidation);
                    later.stream()
                            .filter(event -> !invalidated.contains(event))
                            .limit(limit - valid.size())
                            .map(EventQueries::stored)
                            .forEach(valid::add);
                }
            }
            return new EventList(valid);
        });
    }

    private List<StoredEvent> read(Query query, int offset, int size) {
        List<EventDocument> events = store.find(query).skip(offset).limit(size).into(new ArrayList<>());
        return query.later(events).stream().map(EventQueries::stored).toList();
    }

    private static List<EventDocument> next(MongoCursor<EventDocument> cursor, int most) {
        List<EventDocument> next = new ArrayList<>();
        while (next.size() < most && cursor.hasNext()) {
            next.add(cursor.next());
        }
        return next;
    }

    private static StoredEvent stored(EventDocument document) {
        return new StoredEvent(PublicEvent.of(document.json));
    }

    private <T> T timed(String kind, Supplier<T> query) {
        return metrics.timer("datastore.query", "kind", kind).record(query);
    }
}
