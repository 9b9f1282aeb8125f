package org.keptnative.datastore.query;

import com.mongodb.client.MongoCursor;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.keptnative.datastore.admission.BodyAdmission;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.JsonParts;
import org.keptnative.datastore.event.StoredEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers queries. */
@Singleton
class EventQueries {

    /** Counting all events of a large project would cost more than finding those on a page. */
    private static final int COUNTED_BEYOND_OFFSET = 1000;

    private static final int DEEP = 10_000;

    /** Of the events in an answer: when there are more, it ends with the event that goes beyond. */
    private static final int MOST_CHARACTERS = 8_000_000;

    /** An answer of more is only made when there is memory for it. */
    private static final int MANY_CHARACTERS = 1_000_000;

    @Inject
    QueryStore store;

    @Inject
    JsonParts parts;

    @Inject
    BodyAdmission admission;

    @Inject
    MeterRegistry metrics;

    EventPage page(Query query, int size, int offset) {
        return timed(query.kind(), () -> {
            // Passing over the events costs more than counting them.
            if (offset > DEEP) {
                int total = store.count(query, offset + COUNTED_BEYOND_OFFSET);
                if (offset >= total) {
                    return new EventPage(List.of(), null, size, total);
                }
            }
            List<EventDocument> events = new ArrayList<>();
            boolean isCut;
            try (MongoCursor<EventDocument> cursor =
                    store.find(query).skip(offset).limit(size).iterator()) {
                isCut = next(cursor, size, events);
            }
            events = query.later(events);
            boolean isLast = !isCut && events.size() < size && (offset == 0 || !events.isEmpty());
            int total = isLast ? offset + events.size() : store.count(query, offset + COUNTED_BEYOND_OFFSET);
            int end = offset + (isCut ? events.size() : size);
            String next = end < total ? Integer.toString(end) : null;
            return new EventPage(shown(events), next, size, total);
        });
    }

    EventList newest(Query query, int limit) {
        return newest(query, limit, later -> Set.of());
    }

    /** The newest ones that no event of the invalidating type declares void. */
    EventList newestValid(Query query, String invalidation, int limit) {
        return newest(query, limit, later -> store.invalidated(later, invalidation));
    }

    private EventList newest(Query query, int limit, Function<List<EventDocument>, Set<EventDocument>> without) {
        return timed("type", () -> {
            List<EventDocument> newest = new ArrayList<>();
            try (MongoCursor<EventDocument> cursor =
                    store.find(query).batchSize(limit).iterator()) {
                boolean isLast = false;
                while (newest.size() < limit && cursor.hasNext() && !isLast) {
                    List<EventDocument> some = new ArrayList<>();
                    boolean isCut = next(cursor, limit, some);
                    isLast = query.isPassedBy(some.get(some.size() - 1));
                    List<EventDocument> later = query.later(some).stream()
                            .filter(event -> query.isMetBy(event, () -> parts.json(event)))
                            .toList();
                    Set<EventDocument> left = without.apply(later);
                    later.stream()
                            .filter(event -> !left.contains(event))
                            .limit(limit - newest.size())
                            .forEach(newest::add);
                    isLast |= isCut && !newest.isEmpty();
                }
            }
            return new EventList(shown(newest));
        });
    }

    /** Reads on until there are enough of them; whether it ended before because they are so large. */
    private static boolean next(MongoCursor<EventDocument> cursor, int most, List<EventDocument> events) {
        int characters = 0;
        while (events.size() < most && cursor.hasNext()) {
            if (characters > MOST_CHARACTERS) {
                return true;
            }
            EventDocument event = cursor.next();
            characters += event.characters();
            events.add(event);
        }
        return false;
    }

    private List<StoredEvent> shown(List<EventDocument> events) {
        long characters = events.stream().mapToLong(EventDocument::characters).sum();
        if (characters > MANY_CHARACTERS) {
            admission.admitMore(characters);
        }
        return events.stream()
                .map(parts::json)
                .flatMap(Optional::stream)
                .map(json -> StoredEvent.shown(PublicEvent.of(json)))
                .toList();
    }

    private <T> T timed(String kind, Supplier<T> query) {
        return metrics.timer("datastore.query", "kind", kind).record(query);
    }
}
