package org.keptnative.datastore.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.keptnative.datastore.follower.Followers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes events: a single insert takes all of them, together with what makes them roots and what is to be delivered. */
@Singleton
class EventStore {

    private static final int DUPLICATE_KEY = 11000;

    @Inject
    Sequence sequence;

    @Inject
    Followers followers;

    @Inject
    EventIndexes indexes;

    /**
     * Contexts that have a root event, so that others need not try to become it. Soon forgotten: another replica may have
     * purged the project.
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
    int add(List<CloudEvent> events) {
        indexes.require();
        Set<String> claimed = new HashSet<>();
        List<EventDocument> documents = new ArrayList<>();
        for (CloudEvent event : events) {
            EventDocument document = document(event);
            boolean mayBeRoot = document.root != null && rooted.getIfPresent(document.root) == null;
            if (!mayBeRoot || !claimed.add(document.root)) {
                document.giveUpRoot();
            }
            documents.add(document);
        }
        List<EventDocument> refused = insert(documents);
        // Refused with a claim, an event may be known already or its context may have a root: without the claim it
        // shows.
        List<EventDocument> again =
                refused.stream().filter(document -> document.root != null).toList();
        again.forEach(EventDocument::giveUpRoot);
        List<EventDocument> known = insert(again);
        claimed.forEach(root -> rooted.put(root, true));
        return documents.size() - refused.size() + again.size() - known.size();
    }

    /** Forgets all events of a project. */
    void purge(String project) {
        events().deleteMany(Filters.eq("lists", Lists.ofProject(project)));
        rooted.invalidateAll();
    }

    private EventDocument document(CloudEvent event) {
        long position = sequence.next();
        return EventDocument.of(event, position, followers.of(event.at(Members.TYPE)));
    }

    /** Returns those that broke a unique index; all others are stored. */
    private static List<EventDocument> insert(List<EventDocument> documents) {
        if (documents.isEmpty()) {
            return List.of();
        }
        try {
            events().insertMany(documents, new InsertManyOptions().ordered(false));
            return List.of();
        } catch (MongoBulkWriteException e) {
            boolean onlyDuplicates = e.getWriteConcernError() == null
                    && e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
            if (!onlyDuplicates) {
                throw e;
            }
            return e.getWriteErrors().stream()
                    .map(error -> documents.get(error.getIndex()))
                    .toList();
        }
    }

    private static MongoCollection<EventDocument> events() {
        return EventDocument.mongoCollection();
    }
}
