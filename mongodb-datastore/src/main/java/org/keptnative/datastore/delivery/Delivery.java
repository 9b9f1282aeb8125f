package org.keptnative.datastore.delivery;

import org.jboss.logging.Logger;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.follower.Follower;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Delivers events to one follower while this process holds the lease for it: projects side by side, each in order. */
final class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    private static final Duration BETWEEN_QUERIES = Duration.ofMillis(20);

    private final Follower follower;
    private final PendingStore store;
    private final Lease lease;
    private final ProjectDelivery projectDelivery;
    private final Duration pollInterval;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopped;

    Delivery(
            Follower follower,
            PendingStore store,
            Lease lease,
            ProjectDelivery projectDelivery,
            Duration pollInterval) {
        this.follower = follower;
        this.store = store;
        this.lease = lease;
        this.projectDelivery = projectDelivery;
        this.pollInterval = pollInterval;
    }

    void start() {
        threads.execute(this::run);
    }

    /** Tells that there are new events, or that a project has come to its end. */
    void wake() {
        wake.release();
    }

    /** Finishes what is being posted and lets another process take over. */
    void stop(Duration patience) throws InterruptedException {
        stopped = true;
        wake();
        threads.shutdown();
        if (threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            lease.release();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                if (lease.hold()) {
                    deliverWhatIsDue();
                }
                // New events come in faster than one query each: let some of them gather.
                TimeUnit.NANOSECONDS.sleep(BETWEEN_QUERIES.toNanos());
                if (wake.tryAcquire(pollInterval.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("event=delivery-interrupted follower=%s reason=%s", follower.name(), e.getMessage());
                pauseAfterFailure();
            }
        }
    }

    private void pauseAfterFailure() {
        try {
            TimeUnit.NANOSECONDS.sleep(pollInterval.toNanos());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private void deliverWhatIsDue() {
        turns.values().removeIf(Turn::isOver);
        if (turns.values().stream().filter(Turn::isWorking).count() >= follower.concurrency()) {
            return;
        }
        List<String> busy = turns.entrySet().stream()
                .filter(entry -> entry.getValue().isBusy())
                .map(Map.Entry::getKey)
                .toList();
        Map<String, List<EventDocument>> byProject = store.next(follower.name(), busy).stream()
                .collect(Collectors.groupingBy(event -> event.project, LinkedHashMap::new, Collectors.toList()));
        byProject.forEach(this::begin);
    }

    private void begin(String project, List<EventDocument> events) {
        Turn turn = turns.computeIfAbsent(project, name -> new Turn());
        turn.begin();
        threads.execute(() -> {
            try {
                projectDelivery.deliver(events, turn, () -> stopped);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warnf("event=delivery-interrupted follower=%s project=%s reason=%s", follower.name(), project, e);
            } finally {
                turn.end();
                wake();
            }
        });
    }
}
