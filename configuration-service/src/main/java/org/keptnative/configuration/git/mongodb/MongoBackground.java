package org.keptnative.configuration.git.mongodb;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One thread for what nobody waits for. What is left undone at the end is a matter of the {@link Sweeper}. */
final class MongoBackground implements Compactor.Background, AutoCloseable {

    /** So long a request may go on reading what was merged or replaced meanwhile. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(MongoBackground.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final Duration grace;

    MongoBackground(Duration grace) {
        this.grace = grace;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void soon(Runnable task) {
        after(0, task);
    }

    @Override
    public void afterGrace(Runnable task) {
        after(grace.toMillis(), task);
    }

    /** Replicas that were started together do not do it together. */
    void everyHour(Runnable task) {
        long minute = TimeUnit.MINUTES.toMillis(1);
        executor.scheduleWithFixedDelay(
                safe(task), ThreadLocalRandom.current().nextLong(60 * minute), 60 * minute, TimeUnit.MILLISECONDS);
    }

    private void after(long milliseconds, Runnable task) {
        try {
            executor.schedule(safe(task), milliseconds, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the service is shutting down
        }
    }

    private static Runnable safe(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warnf("event=background-failed reason=%s", e.getClass().getSimpleName());
            }
        };
    }

    /** Waits a little for what is being done. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
