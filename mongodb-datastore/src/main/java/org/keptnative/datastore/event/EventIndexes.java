package org.keptnative.datastore.event;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.datastore.follower.Followers;

/** The indexes on the events. */
@Singleton
public class EventIndexes {

    private static final Logger LOG = Logger.getLogger(EventIndexes.class);

    @Inject
    Followers followers;

    private volatile boolean exist;

    void create(@Observes StartupEvent started) {
        try {
            ensure();
        } catch (RuntimeException e) {
            LOG.warnf("event=indexes-postponed reason=%s", e.getMessage());
        }
    }

    /** Creates them if that could not be done yet, since the database was not there. */
    synchronized void ensure() {
        if (exist) {
            return;
        }
        MongoCollection<EventDocument> events = EventDocument.mongoCollection();
        events.createIndex(
                Indexes.compoundIndex(Indexes.ascending("lists"), Indexes.descending("time", "sequence")),
                new IndexOptions().name("lists"));
        events.createIndex(
                Indexes.ascending("root"),
                new IndexOptions().name("root").unique(true).sparse(true));
        for (String follower : followers.names()) {
            events.createIndex(
                    Indexes.ascending("pending." + follower),
                    new IndexOptions().name("pending-" + follower).sparse(true));
        }
        exist = true;
    }
}
