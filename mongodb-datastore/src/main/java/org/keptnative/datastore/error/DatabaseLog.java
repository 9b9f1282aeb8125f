package org.keptnative.datastore.error;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.jboss.logging.Logger;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once that the database fails, and once that it answers again; what else fails in between for that reason is not told. */
@Singleton
public class DatabaseLog {

    private static final Logger LOG = Logger.getLogger(DatabaseLog.class);

    private final MongoClient mongo;
    private final ScheduledExecutorService executor;
    private final AtomicBoolean down = new AtomicBoolean();

    DatabaseLog(MongoClient mongo, ScheduledExecutorService executor) {
        this.mongo = mongo;
        this.executor = executor;
    }

    /** @param event what has failed, as in the log */
    public void failed(Logger log, String event, Throwable reason) {
        boolean isTold = reason instanceof MongoException && !down.compareAndSet(false, true);
        log.logf(isTold ? Logger.Level.DEBUG : Logger.Level.WARN, "event=%s reason=%s", event, reason.getMessage());
        if (reason instanceof MongoException && !isTold) {
            executor.schedule(this::watch, 1, TimeUnit.SECONDS);
        }
    }

    private void watch() {
        try {
            mongo.getDatabase("admin").runCommand(new Document("ping", 1));
            down.set(false);
            LOG.info("event=database-answers");
        } catch (MongoException e) {
            executor.schedule(this::watch, 1, TimeUnit.SECONDS);
        }
    }
}
