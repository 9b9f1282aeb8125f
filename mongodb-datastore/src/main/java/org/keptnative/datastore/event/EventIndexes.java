package org.keptnative.datastore.event;

import com.mongodb.MongoException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.keptnative.datastore.error.ApiException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The indexes on the events, created at the start, or as soon as the database is there. */
@Singleton
class EventIndexes {

    private static final Logger LOG = Logger.getLogger(EventIndexes.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @ConfigProperty(name = "datastore.retention.age")
    Optional<Duration> retention;

    private volatile boolean exist;

    void start(@Observes StartupEvent started) {
        if (!create()) {
            Thread later = new Thread(this::createLater, "indexes");
            later.setDaemon(true);
            later.start();
        }
    }

    /** Throws an {@link ApiException} 503 while they are missing: without them an event could be stored wrongly. */
    void require() {
        if (!exist) {
            throw new ApiException(503, "the event store is not ready: its database has not answered yet");
        }
    }

    boolean exist() {
        return exist;
    }

    List<IndexModel> definitions() {
        List<IndexModel> definitions = new ArrayList<>();
        definitions.add(new IndexModel(
                Indexes.compoundIndex(Indexes.ascending("lists"), Indexes.descending("time", "sequence")),
                new IndexOptions().name("lists")));
        definitions.add(new IndexModel(
                Indexes.ascending("root"),
                new IndexOptions().name("root").unique(true).sparse(true)));
        if (retention.isPresent()) {
            definitions.add(new IndexModel(Indexes.ascending("sequence"), new IndexOptions().name("sequence")));
        }
        return definitions;
    }

    private void createLater() {
        try {
            do {
                Thread.sleep(BETWEEN_TRIES.toMillis());
            } while (!create());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean create() {
        try {
            EventDocument.mongoCollection().createIndexes(definitions());
            exist = true;
        } catch (MongoException e) {
            LOG.warnf("event=indexes-postponed reason=%s", e.getMessage());
        }
        return exist;
    }
}
