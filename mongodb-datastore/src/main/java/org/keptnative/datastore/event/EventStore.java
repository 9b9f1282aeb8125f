package org.keptnative.datastore.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.bson.RawBsonDocument;
import org.bson.codecs.Codec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.error.DatabaseLog;
import org.keptnative.datastore.follower.Followers;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes events: a single insert takes all of them, together with what makes them roots and what is to be delivered. */
@Singleton
class EventStore {

    private static final Logger LOG = Logger.getLogger(EventStore.class);

    private static final int DUPLICATE_KEY = 11000;

    @Inject
    Sequence sequence;

    @Inject
    JsonParts parts;

    @Inject
    Followers followers;

    @Inject
    EventIndexes indexes;

    @Inject
    Event<ProjectDeleted> deleted;

    @Inject
    DatabaseLog database;

    @ConfigProperty(name = "datastore.database-timeout")
    Duration timeout;

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
        List<EventDocument> documents = events.stream().map(this::document).toList();
        try {
            return add(events, documents, deadline(documents));
        } catch (MongoException e) {
            database.failed(LOG, "storing-failed", e);
            throw new ApiException(
                    503,
                    "the event store is unavailable: its database does not answer; what is sent again with the same source"
                            + " and id is stored once",
                    events.stream().map(event -> event.at(Members.ID)).toList());
        }
    }

    /** A second more for each megabyte, and so earlier than api-service gives up. */
    private Deadline deadline(List<EventDocument> documents) {
        return new Deadline(timeout.plusMillis(
                documents.stream().mapToInt(document -> document.size).sum() / 1_000));
    }

    private int add(List<CloudEvent> events, List<EventDocument> documents, Deadline deadline) {
        for (int i = 0; i < events.size(); i++) {
            EventDocument document = documents.get(i);
            if (events.get(i).deletesProject() && !isStored(document, deadline)) {
                deleted.fire(new ProjectDeleted(events.get(i).at(Members.PROJECT), document.sequence, deadline));
            }
        }
        return insertNew(documents, deadline);
    }

    /** Returns how many were new. */
    int insertNew(List<EventDocument> documents, Deadline deadline) {
        documents.stream().filter(EventDocument::needsParts).forEach(document -> parts.write(document, deadline));
        Set<String> claimed = new HashSet<>();
        for (EventDocument document : documents) {
            boolean mayBeRoot = document.root != null && rooted.getIfPresent(document.root) == null;
            if (!mayBeRoot || !claimed.add(document.root)) {
                document.giveUpRoot();
            }
        }
        List<EventDocument> refused = insert(documents, deadline);
        // Refused with a claim, an event may be known already or its context may have a root: without the claim it
        // shows.
        List<EventDocument> again =
                refused.stream().filter(document -> document.root != null).toList();
        again.forEach(EventDocument::giveUpRoot);
        List<EventDocument> known = insert(again, deadline);
        claimed.forEach(root -> rooted.put(root, true));
        parts.settle(documents, deadline);
        return documents.size() - refused.size() + again.size() - known.size();
    }

    void forgetRoots(@Observes ProjectPurged purged) {
        rooted.invalidateAll();
    }

    /** Told again of an old deletion, nobody shall forget what came after it. */
    private static boolean isStored(EventDocument document, Deadline deadline) {
        return events(deadline).countDocuments(Filters.eq(document.key)) > 0;
    }

    private EventDocument document(CloudEvent event) {
        long position = sequence.next();
        return EventDocument.of(event, position, followers.of(event.at(Members.TYPE)));
    }

    /** Returns those that broke a unique index; all others are stored. */
    private static List<EventDocument> insert(List<EventDocument> documents, Deadline deadline) {
        if (documents.isEmpty()) {
            return List.of();
        }
        try {
            MongoCollection<EventDocument> events = events(deadline);
            Codec<EventDocument> codec = events.getCodecRegistry().get(EventDocument.class);
            events.withDocumentClass(RawBsonDocument.class)
                    .insertMany(
                            documents.stream()
                                    .map(document -> EventBytes.of(document, codec))
                                    .toList(),
                            new InsertManyOptions().ordered(false));
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

    private static MongoCollection<EventDocument> events(Deadline deadline) {
        return deadline.of(EventDocument.mongoCollection());
    }
}
