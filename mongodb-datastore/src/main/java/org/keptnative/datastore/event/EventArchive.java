package org.keptnative.datastore.event;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.keptnative.datastore.error.ApiException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Takes events over from another log as they are, and hands out those of this one. Nothing of it is delivered. */
@Singleton
public class EventArchive {

    /** A portion takes a slow database a while; nobody but the import waits for it. */
    private static final Duration PORTION = Duration.ofMinutes(1);

    private static final long READING_HOURS = 12;

    /**
     * An event of another log.
     *
     * @param sequence its place in the order of arrival
     * @param mayBeRoot whether it is the root event of its context, unless there is one already
     */
    public record Archived(byte[] json, long sequence, boolean mayBeRoot) {}

    /** @param refused why some of them cannot be stored, by their position */
    public record Adopted(int stored, int known, Map<Integer, String> refused) {}

    @Inject
    EventStore store;

    @Inject
    JsonParts parts;

    @Inject
    EventIndexes indexes;

    /**
     * Stores those that are not stored yet; when this returns they are durable.
     *
     * @throws ApiException 503, when the database does not answer, or still forgets a project that they are of
     */
    public Adopted adopt(List<Archived> events) {
        Map<Integer, String> refused = new LinkedHashMap<>();
        Map<String, EventDocument> documents = documents(events, refused);
        return reach(() -> {
            indexes.require();
            requireNoPurge(documents.values());
            refuseThoseOfOthers(documents, events, refused);
            Set<String> known = known(documents.keySet());
            List<EventDocument> missing = documents.values().stream()
                    .filter(document -> !known.contains(document.key))
                    .toList();
            giveUpTakenRoots(missing);
            Set<String> purged = keys(Filters.in("_id", documents.keySet()), "_id");
            purged.removeAll(known);
            List<EventDocument> absent = missing.stream()
                    .filter(document -> !purged.contains(document.key) || !takeBack(document))
                    .toList();
            int stored = missing.size() - absent.size();
            stored += absent.isEmpty() ? 0 : store.insertNew(absent, new Deadline(PORTION));
            return new Adopted(stored, events.size() - refused.size() - stored, refused);
        });
    }

    /** As {@link #adopt}, with what could not be stored; nothing is stored. */
    public Adopted check(List<Archived> events) {
        Map<Integer, String> refused = new LinkedHashMap<>();
        Map<String, EventDocument> documents = documents(events, refused);
        return reach(() -> {
            refuseThoseOfOthers(documents, events, refused);
            int known = known(documents.keySet()).size();
            return new Adopted(
                    documents.size() - known, events.size() - refused.size() - documents.size() + known, refused);
        });
    }

    /** Makes stored events the roots of their contexts, in the place of those that are. */
    public void makeRoots(List<Archived> roots) {
        reach(() -> {
            for (EventDocument wanted : documents(roots, new LinkedHashMap<>()).values()) {
                if (wanted.root != null
                        && events().countDocuments(Filters.and(ofItsProject(wanted), Filters.ne("root", wanted.root)))
                                > 0) {
                    makeRoot(wanted);
                }
            }
            return null;
        });
    }

    /** The JSON, the sequence and the root of each event of a project, or of those of none, the oldest first. */
    public void forEach(String project, Consumer<EventDocument> consumer) {
        reach(() -> {
            try (MongoCursor<EventDocument> cursor = EventDocument.<EventDocument>mongoCollection()
                    .withTimeout(READING_HOURS, TimeUnit.HOURS)
                    .find(Filters.eq("lists", Lists.ofProject(project)))
                    .sort(Sorts.orderBy(Sorts.ascending("time"), Sorts.descending("sequence")))
                    .projection(Projections.include("json", "parts", "size", "sequence", "root", "time"))
                    .batchSize(500)
                    .iterator()) {
                cursor.forEachRemaining(event -> parts.json(event).ifPresent(json -> {
                    event.json = json;
                    consumer.accept(event);
                }));
            }
            return null;
        });
    }

    /** By their keys; of those that are there twice, the first one. */
    private static Map<String, EventDocument> documents(List<Archived> events, Map<Integer, String> refused) {
        Map<String, EventDocument> documents = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            try {
                EventDocument document = EventDocument.of(
                        EventParser.one(events.get(i).json()), events.get(i).sequence(), Set.of());
                if (!events.get(i).mayBeRoot()) {
                    document.giveUpRoot();
                }
                documents.putIfAbsent(document.key, document);
            } catch (ApiException e) {
                refused.put(i, e.getMessage());
            }
        }
        return documents;
    }

    /** What a purge would take away again: it forgets what arrived before the deletion, and these did. */
    private static void requireNoPurge(Collection<EventDocument> documents) {
        Set<String> projects = documents.stream()
                .map(document -> Lists.ofProject(document.project))
                .collect(Collectors.toSet());
        if (purges().countDocuments(Filters.in("_id", projects)) > 0) {
            throw new ApiException(
                    503,
                    "the former events of a project of this name are still being deleted; try again in some seconds");
        }
    }

    /** One event stands for all of its source and id, so a second one of another project cannot be stored. */
    private static void refuseThoseOfOthers(
            Map<String, EventDocument> documents, List<Archived> events, Map<Integer, String> refused) {
        Set<String> others = known(documents.keySet());
        documents.values().stream()
                .collect(Collectors.groupingBy(
                        document -> Lists.ofProject(document.project),
                        Collectors.mapping(document -> document.key, Collectors.toSet())))
                .forEach((list, keys) ->
                        others.removeAll(keys(Filters.and(Filters.in("_id", keys), Filters.eq("lists", list)), "_id")));
        for (int i = 0; i < events.size() && !others.isEmpty(); i++) {
            if (!refused.containsKey(i) && others.contains(keyOf(events.get(i)))) {
                refused.put(i, "an event of its source and id is stored for another project");
            }
        }
        documents.keySet().removeAll(others);
    }

    private static String keyOf(Archived event) {
        return EventDocument.of(EventParser.one(event.json()), event.sequence(), Set.of()).key;
    }

    private static Bson ofItsProject(EventDocument document) {
        return Filters.and(Filters.eq(document.key), Filters.eq("lists", Lists.ofProject(document.project)));
    }

    private static Set<String> known(Set<String> keys) {
        return keys(Filters.and(Filters.in("_id", keys), Filters.ne("lists", Lists.PURGED)), "_id");
    }

    /** What was purged and is there only because it is still to be delivered; whether it was. */
    private static boolean takeBack(EventDocument document) {
        Bson change = Updates.combine(
                Updates.set("lists", document.lists),
                Updates.set("facts", document.facts),
                Updates.set("sequence", document.sequence),
                document.root == null ? Updates.unset("root") : Updates.set("root", document.root));
        Bson purged = Filters.and(Filters.eq(document.key), Filters.eq("lists", Lists.PURGED));
        try {
            return events().updateOne(purged, change).getMatchedCount() > 0;
        } catch (MongoWriteException e) {
            if (document.root == null || e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            document.giveUpRoot(); // another one has it since we looked
            return takeBack(document);
        }
    }

    private static void giveUpTakenRoots(List<EventDocument> documents) {
        List<String> wanted = documents.stream()
                .map(document -> document.root)
                .filter(root -> root != null)
                .distinct()
                .toList();
        Set<String> taken = wanted.isEmpty() ? new HashSet<>() : keys(Filters.in("root", wanted), "root");
        documents.stream()
                .filter(document -> document.root != null && !taken.add(document.root))
                .forEach(EventDocument::giveUpRoot);
    }

    private static void makeRoot(EventDocument wanted) {
        for (EventDocument former :
                events().find(Filters.eq("root", wanted.root)).into(new ArrayList<>())) {
            former.giveUpRoot();
            events().updateOne(
                            Filters.eq(former.key),
                            Updates.combine(Updates.unset("root"), Updates.set("lists", former.lists)));
        }
        events().updateOne(
                        ofItsProject(wanted),
                        Updates.combine(Updates.set("root", wanted.root), Updates.set("lists", wanted.lists)));
    }

    private static Set<String> keys(Bson condition, String field) {
        return EventDocument.mongoDatabase()
                .getCollection("events")
                .withTimeout(PORTION.toSeconds(), TimeUnit.SECONDS)
                .find(condition)
                .projection(Projections.include(field))
                .map(document -> document.getString(field))
                .into(new HashSet<>());
    }

    private interface Work<T> {
        T run();
    }

    private static <T> T reach(Work<T> work) {
        try {
            return work.run();
        } catch (MongoException e) {
            throw new ApiException(503, "the event store is unavailable: its database does not answer; send it again");
        }
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.<EventDocument>mongoCollection().withTimeout(PORTION.toSeconds(), TimeUnit.SECONDS);
    }

    private static MongoCollection<Document> purges() {
        return EventDocument.mongoDatabase().getCollection("purges");
    }
}
