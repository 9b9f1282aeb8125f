package org.keptnative.configuration.history;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.jboss.logging.Logger;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Knows whether the database answers, so that a read that can do without does not wait for one that is down. */
@Singleton
class DatabaseState {

    private static final Logger LOG = Logger.getLogger(DatabaseState.class);

    private final MongoClient mongo;
    private final ScheduledExecutorService executor;
    private final AtomicBoolean down = new AtomicBoolean();

    DatabaseState(MongoClient mongo, ScheduledExecutorService executor) {
        this.mongo = mongo;
        this.executor = executor;
    }

    boolean isDown() {
        return down.get();
    }

    /** Asks it. */
    boolean answers() {
        try {
            mongo.getDatabase("admin").runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }

    /** Somebody has asked in vain: it counts as down until it answers. */
    void failed(MongoException reason) {
        if (down.compareAndSet(false, true)) {
            LOG.warnf("event=database-down reason=%s", reason.getClass().getSimpleName());
            executor.execute(this::watch);
        }
    }

    private void watch() {
        if (answers()) {
            down.set(false);
            LOG.info("event=database-up");
        } else {
            executor.schedule(this::watch, 1, TimeUnit.SECONDS);
        }
    }
}
