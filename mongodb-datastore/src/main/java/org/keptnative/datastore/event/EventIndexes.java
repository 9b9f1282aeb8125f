package org.keptnative.datastore.event;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.keptnative.datastore.error.ApiException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The indexes on the events, built after the start, or as soon as the database is there. In a large log that takes
 * minutes, in which events are taken and found by the indexes that are there: all that is needed for it is the unique one.
 */
@Singleton
public class EventIndexes {

    private static final Logger LOG = Logger.getLogger(EventIndexes.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final long BUILD_HOURS = 4;

    private static final String ROOT = "root";
    private static final String NEWEST = "newest";

    /** What {@link #NEWEST} was in the first edition, with the later arrival first in each nanosecond. */
    private static final String NEWEST_BEFORE = "lists";

    /** When the last replica of a rolling restart that works with the indexes of before has gone. */
    private static final Duration BEFORE_DROPPING = Duration.ofMinutes(10);

    @Inject
    Edition edition;

    @ConfigProperty(name = "datastore.retention.age")
    Optional<Duration> retention;

    private volatile boolean serve;
    private volatile boolean hasNewest;

    void start(@Observes StartupEvent started) {
        isDone(this::prepare);
        Thread thread = new Thread(this::build, "indexes");
        thread.setDaemon(true);
        thread.start();
    }

    /** Throws an {@link ApiException} 503 while they are missing: without them an event could be stored wrongly. */
    void require() {
        if (!serve) {
            throw new ApiException(503, "the event store is not ready: its database has not answered yet");
        }
    }

    boolean serve() {
        return serve;
    }

    /** The order of the events in a list: as wanted, or as before while an index for that is being built. */
    public Bson order() {
        return Sorts.orderBy(
                Sorts.descending("time"), hasNewest ? Sorts.ascending("sequence") : Sorts.descending("sequence"));
    }

    /** What is needed most comes first. */
    List<IndexModel> definitions() {
        List<IndexModel> definitions = new ArrayList<>();
        definitions.add(new IndexModel(
                Indexes.ascending("root"),
                new IndexOptions().name(ROOT).unique(true).sparse(true)));
        definitions.add(new IndexModel(
                Indexes.compoundIndex(
                        Indexes.ascending("lists"), Indexes.descending("time"), Indexes.ascending("sequence")),
                new IndexOptions().name(NEWEST)));
        if (retention.isPresent()) {
            definitions.add(new IndexModel(Indexes.ascending("sequence"), new IndexOptions().name("sequence")));
        }
        return definitions;
    }

    /** That of the first edition, and of a retention that is not wanted any more. */
    void dropUnwanted() {
        Set<String> wanted = new HashSet<>();
        definitions().forEach(index -> wanted.add(index.getOptions().getName()));
        for (String name : existing()) {
            boolean isOurs = name.equals(NEWEST_BEFORE) || name.equals("sequence");
            if (isOurs && !wanted.contains(name)) {
                events().withTimeout(BUILD_HOURS, TimeUnit.HOURS).dropIndex(name);
                LOG.infof("event=index-dropped name=%s", name);
            }
        }
    }

    private void build() {
        try {
            while (!isDone(this::create)) {
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
            Thread.sleep(BEFORE_DROPPING.toMillis());
            isDone(this::dropUnwanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isDone(Runnable work) {
        try {
            work.run();
            return true;
        } catch (MongoException e) {
            LOG.warnf("event=indexes-postponed reason=%s", e.getMessage());
            return false;
        }
    }

    /** What takes no time: an empty log gets its indexes, and one that has them serves at once. */
    private void prepare() {
        if (events().estimatedDocumentCount() == 0) {
            events().createIndexes(definitions());
            update(Set.of(ROOT, NEWEST));
            edition.complete();
        } else {
            update(existing());
        }
    }

    private void create() {
        Set<String> existing = existing();
        for (IndexModel index : definitions()) {
            String name = index.getOptions().getName();
            if (existing.add(name)) {
                LOG.infof("event=index-building name=%s", name);
                events().withTimeout(BUILD_HOURS, TimeUnit.HOURS).createIndexes(List.of(index));
                LOG.infof("event=index-built name=%s", name);
            }
            update(existing);
        }
    }

    private void update(Set<String> existing) {
        hasNewest = existing.contains(NEWEST);
        serve = existing.contains(ROOT) && (hasNewest || existing.contains(NEWEST_BEFORE));
    }

    private static Set<String> existing() {
        Set<String> names = new HashSet<>();
        events().listIndexes().map(index -> index.getString("name")).into(names);
        return names;
    }

    private static MongoCollection<Document> events() {
        return EventDocument.mongoDatabase().getCollection("events");
    }
}
