package org.keptnative.datastore.job;

import com.mongodb.client.MongoClient;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.keptnative.datastore.delivery.DeliveryConfig;
import org.keptnative.datastore.delivery.Lease;
import org.keptnative.datastore.error.DatabaseLog;
import org.keptnative.datastore.event.ProjectDeleted;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Works on all jobs, in one replica at a time and for at most half of the time, so that clients need not wait for it. */
@Singleton
class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class);

    /** No name of a follower, and so no lease of one. */
    private static final String LEASE = "job:all";

    private static final int AFTER_OTHERS = ObserverMethod.DEFAULT_PRIORITY + 1;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    @Inject
    @All
    List<Job> jobs;

    @Inject
    MongoClient mongo;

    @Inject
    DeliveryConfig config;

    @Inject
    DatabaseLog databaseLog;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String database;

    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopped;
    private Lease lease;
    private Thread thread;

    void start(@Observes StartupEvent started) {
        lease = new Lease(mongo.getDatabase(database).getCollection("leases"), LEASE, config.lease());
        thread = new Thread(this::run, "jobs");
        thread.setDaemon(true);
        thread.start();
    }

    /** There is something to do as soon as it is recorded. */
    void wake(@Observes @Priority(AFTER_OTHERS) ProjectDeleted deleted) {
        wake.release();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        wake.release();
        thread.join(config.lease().toMillis());
        if (!thread.isAlive()) {
            lease.release();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                long start = System.nanoTime();
                if (workOnAll()) {
                    TimeUnit.NANOSECONDS.sleep(Math.max(SHORTEST_PAUSE.toNanos(), System.nanoTime() - start));
                } else if (wake.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean workOnAll() {
        boolean more = false;
        try {
            if (lease.hold()) {
                for (Job job : jobs) {
                    more |= job.work();
                }
            }
        } catch (RuntimeException e) {
            databaseLog.failed(LOG, "job-interrupted", e);
            more = false;
        }
        return more;
    }
}
