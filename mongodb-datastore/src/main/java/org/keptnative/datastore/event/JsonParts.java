package org.keptnative.datastore.event;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.datastore.error.ApiException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The JSON of events that no single document can hold, in documents of their own. They are written before the event's, which
 * names them and is what counts; a record, written before all, says whose they are, so that what a crash leaves is found.
 */
@Singleton
public class JsonParts {

    /** Of a part, which has three times as many bytes at the most. */
    private static final int CHARACTERS = 2_000_000;

    /** No request takes that long: what has no event by then gets none. */
    private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

    private static final int RECORDS_AT_ONCE = 200;

    private static final String JSON = "json";
    private static final String OWNER = "event";
    private static final String PARTS = "parts";
    private static final String SINCE = "since";
    private static final String KEPT = "kept";
    private static final String ABANDONED = "abandoned";

    private final MongoCollection<Document> events;
    private final MongoCollection<Document> parts;
    private final MongoCollection<Document> records;

    @Inject
    JsonParts(MongoClient mongo, @ConfigProperty(name = "quarkus.mongodb.database") String name) {
        MongoDatabase database = mongo.getDatabase(name);
        events = database.getCollection("events");
        parts = database.getCollection("event-parts");
        records = database.getCollection("large-events");
    }

    /** Takes the JSON out of a document that is about to be stored. */
    void write(EventDocument event, Deadline deadline) {
        List<String> texts = split(event.json);
        String name = UUID.randomUUID().toString();
        event.parts = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            event.parts.add(name + "-" + i);
        }
        deadline.of(records)
                .insertOne(new Document("_id", event.parts.get(0))
                        .append(OWNER, event.key)
                        .append(PARTS, event.parts)
                        .append(SINCE, new Date()));
        for (int i = 0; i < texts.size(); i++) {
            deadline.of(parts).insertOne(new Document("_id", event.parts.get(i)).append(JSON, texts.get(i)));
        }
        event.json = null;
    }

    /** Keeps the parts of what has been stored and removes those of what was known before. */
    void settle(List<EventDocument> events, Deadline deadline) {
        Set<String> used = removeUnused(events);
        for (EventDocument event : events) {
            if (event.parts != null && used.contains(event.parts.get(0)) && !keep(event.parts.get(0), deadline)) {
                this.events.deleteOne(Filters.eq(event.key));
                throw new ApiException(503, "the event %s took too long; send it again".formatted(event.eventId));
            }
        }
    }

    /** Whether nobody has taken them for leftovers meanwhile. */
    private boolean keep(String name, Deadline deadline) {
        return deadline.of(records)
                        .updateOne(
                                Filters.and(Filters.eq(name), Filters.exists(ABANDONED, false)),
                                Updates.set(KEPT, true))
                        .getMatchedCount()
                > 0;
    }

    /** The JSON of a stored event; nothing if it has been removed meanwhile. */
    public Optional<String> json(EventDocument event) {
        return event.parts == null ? Optional.of(event.json) : join(event.parts, event.size);
    }

    /** The same, of a document with the fields {@code json}, {@code parts} and {@code size}. */
    public Optional<String> json(Document event) {
        List<String> names = event.getList(PARTS, String.class);
        return names == null ? Optional.of(event.getString(JSON)) : join(names, event.getInteger("size"));
    }

    /** Removes the parts of those that are not stored any more, or not with these; returns the names of all others. */
    public Set<String> removeUnused(Collection<EventDocument> some) {
        List<EventDocument> large =
                some.stream().filter(event -> event.parts != null).toList();
        if (large.isEmpty()) {
            return Set.of();
        }
        Set<String> used = used(large.stream().map(event -> event.key).toList());
        large.stream().filter(event -> !used.contains(event.parts.get(0))).forEach(event -> remove(event.parts));
        return used;
    }

    /**
     * Removes some of what crashes have left.
     *
     * @param after the result of the call before; null for none
     * @return null when there is no more
     */
    public String removeLeftovers(String after) {
        List<Document> some = records.find(after == null ? Filters.empty() : Filters.gt("_id", after))
                .sort(Sorts.ascending("_id"))
                .limit(RECORDS_AT_ONCE)
                .into(new ArrayList<>());
        Set<String> used =
                used(some.stream().map(record -> record.getString(OWNER)).toList());
        some.stream()
                .filter(record -> !used.contains(record.getString("_id")) && isLeftover(record))
                .forEach(record -> remove(record.getList(PARTS, String.class)));
        return some.size() < RECORDS_AT_ONCE ? null : some.get(some.size() - 1).getString("_id");
    }

    /** Whether no event will come for it any more. */
    private boolean isLeftover(Document record) {
        Bson isOld = Filters.lt(SINCE, Date.from(Instant.now().minus(LONGEST_REQUEST)));
        return record.getBoolean(KEPT, false)
                || records.updateOne(
                                        Filters.and(Filters.eq(record.get("_id")), Filters.exists(KEPT, false), isOld),
                                        Updates.set(ABANDONED, true))
                                .getMatchedCount()
                        > 0;
    }

    private Set<String> used(List<String> keys) {
        Set<String> used = new HashSet<>();
        events.find(Filters.in("_id", keys))
                .projection(Projections.include(PARTS))
                .forEach(event -> used.addAll(event.getList(PARTS, String.class, List.of())));
        return used;
    }

    private void remove(List<String> names) {
        parts.deleteMany(Filters.in("_id", names));
        records.deleteOne(Filters.eq(names.get(0)));
    }

    /** One after the other, so that there is never more of it in memory than there must be. */
    private Optional<String> join(List<String> names, int size) {
        StringBuilder json = new StringBuilder(size);
        for (String name : names) {
            Document part = parts.find(Filters.eq(name)).first();
            if (part == null) {
                return Optional.empty();
            }
            json.append(part.getString(JSON));
        }
        return Optional.of(json.toString());
    }

    private static List<String> split(String json) {
        List<String> texts = new ArrayList<>();
        for (int begin = 0;
                begin < json.length();
                begin += texts.get(texts.size() - 1).length()) {
            int end = Math.min(json.length(), begin + CHARACTERS);
            boolean isWithinPair = Character.isHighSurrogate(json.charAt(end - 1));
            texts.add(json.substring(begin, isWithinPair ? end - 1 : end));
        }
        return texts;
    }
}
