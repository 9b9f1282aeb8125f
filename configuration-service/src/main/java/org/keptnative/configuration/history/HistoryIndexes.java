package org.keptnative.configuration.history;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Creates the indexes in the background, as soon as the database is there: the service starts without it. */
@Singleton
class HistoryIndexes {

    private static final Logger LOG = Logger.getLogger(HistoryIndexes.class);
    private static final int SECONDS_BETWEEN_ATTEMPTS = 5;

    private final HistoryStore store;
    private final ScheduledExecutorService executor;

    HistoryIndexes(HistoryStore store, ScheduledExecutorService executor) {
        this.store = store;
        this.executor = executor;
    }

    @Startup
    void create() {
        executor.execute(this::attempt);
    }

    private void attempt() {
        try {
            store.createIndexes();
            LOG.info("event=indexes-created");
        } catch (RuntimeException e) {
            LOG.warnf(
                    "event=indexes-missing reason=%s retry=%ss",
                    e.getClass().getSimpleName(), SECONDS_BETWEEN_ATTEMPTS);
            executor.schedule(this::attempt, SECONDS_BETWEEN_ATTEMPTS, TimeUnit.SECONDS);
        }
    }
}
