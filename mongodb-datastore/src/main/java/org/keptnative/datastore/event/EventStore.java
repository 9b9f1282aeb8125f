package org.keptnative.datastore.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.keptnative.datastore.follower.Followers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes events. */
@ApplicationScoped
public class EventStore implements PanacheMongoRepositoryBase<EventDocument, String> {

    private static final int DUPLICATE_KEY = 11000;

    @Inject
    Sequence sequence;

    @Inject
    Followers followers;

    @Inject
    EventIndexes indexes;

    /**
     * Contexts that have their root event, so that the next event need not try to be it. Forgotten soon, since another
     * replica may purge the project.
     */
    private final Cache<String, Boolean> rooted = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();

    /**
     * Stores those that are not stored yet; when this returns they are durable.
     *
     * @return how many were new
     */
    public int add(List<Event> events) {
        indexes.ensure();
        List<EventDocument> documents = new ArrayList<>();
        Set<String> claimed = new java.util.HashSet<>();
        for (Event event : events) {
            String root = rootKey(event);
            boolean claims = root != null && rooted.getIfPresent(root) == null && claimed.add(root);
            documents.add(document(event, claims ? root : null));
        }
        List<Integer> refused = insert(documents);
        List<EventDocument> again = new ArrayList<>();
        for (int i : refused) {
            // Either it is stored already, or its context has a root: without the claim the two differ.
            if (documents.get(i).root != null) {
                documents.get(i).root = null;
                documents.get(i).lists = List.copyOf(Lists.of(events.get(i), false));
                again.add(documents.get(i));
            }
        }
        int added = documents.size() - refused.size();
        if (!again.isEmpty()) {
            added += again.size() - insert(again).size();
        }
        claimed.forEach(root -> rooted.put(root, true));
        return added;
    }

    /** Forgets all events of a project. */
    public void purge(String project) {
        mongoCollection().deleteMany(Filters.eq("lists", Lists.ofProject(project)));
        rooted.invalidateAll();
    }

    private EventDocument document(Event event, String root) {
        EventDocument document = new EventDocument();
        document.key = Lists.key("source", event.source(), "id", event.id());
        document.json = event.json();
        document.lists = List.copyOf(Lists.of(event, root != null));
        document.facts = List.copyOf(event.facts());
        document.project = event.project();
        document.time = Times.nanos(event.time());
        document.sequence = sequence.next();
        document.root = root;
        document.pending = followers.of(event.type()).stream()
                .collect(Collectors.collectingAndThen(
                        Collectors.toMap(name -> name, name -> document.sequence),
                        pending -> pending.isEmpty() ? null : pending));
        return document;
    }

    private static String rootKey(Event event) {
        return event.project().isEmpty() || event.context().isEmpty()
                ? null
                : Lists.key("project", event.project(), "context", event.context());
    }

    /** Returns the positions of those that broke a unique index. */
    private List<Integer> insert(List<EventDocument> documents) {
        if (documents.isEmpty()) {
            return List.of();
        }
        try {
            mongoCollection().insertMany(documents, new InsertManyOptions().ordered(false));
            return List.of();
        } catch (MongoBulkWriteException e) {
            boolean duplicatesOnly = e.getWriteConcernError() == null
                    && e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
            if (!duplicatesOnly) {
                throw e;
            }
            return e.getWriteErrors().stream().map(BulkWriteError::getIndex).toList();
        }
    }
}
