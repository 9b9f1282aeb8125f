package org.keptnative.datastore.delivery;

import org.jboss.logging.Logger;
import org.keptnative.datastore.error.DatabaseLog;
import org.keptnative.datastore.follower.Follower;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Delivers events to one follower while this process holds the lease for it: projects side by side, each in order. */
final class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    private static final Duration BETWEEN_SCANNED_PAGES = Duration.ofMillis(5);

    private final Follower follower;
    private final PendingStore store;
    private final Lease lease;
    private final DatabaseLog database;
    private final DeliveryConfig config;
    private final Sender sender;
    private final Schedule schedule;
    private final Discovery discovery;
    private final ProjectDelivery projectDelivery;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private boolean prepared;
    private boolean active;
    private Schedule.State noted;

    Delivery(
            Follower follower,
            PendingStore store,
            Lease lease,
            Sender sender,
            LargeEvents largeEvents,
            DeliveryConfig config,
            DeliveryMetrics metrics,
            DatabaseLog database) {
        this.database = database;
        this.follower = follower;
        this.store = store;
        this.lease = lease;
        this.config = config;
        this.sender = sender;
        schedule = new Schedule(follower.retry(), follower.concurrency(), System::nanoTime);
        discovery = new Discovery(follower.name(), store, schedule);
        projectDelivery = new ProjectDelivery(
                follower,
                sender,
                store,
                schedule,
                largeEvents,
                metrics,
                () -> !stopped && lease.isHeldFor(config.lease().dividedBy(3)));
    }

    void start() {
        begin("delivery-" + follower.name(), this::lead);
        for (int i = 0; i < follower.concurrency(); i++) {
            begin("delivery-%s-%d".formatted(follower.name(), i), this::work);
        }
    }

    /** Tells of projects with new events. */
    void wake(Collection<String> projects) {
        schedule.offer(projects, Lane.NEWS);
    }

    /** Whether all that deliver are still there. */
    boolean isAlive() {
        return stopped || threads.stream().allMatch(Thread::isAlive);
    }

    /** Finishes what is being sent and lets another process take over. */
    void stop(Duration patience) throws InterruptedException {
        stopped = true;
        schedule.end();
        threads.get(0).interrupt();
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
        }
        sender.close();
        if (threads.stream().noneMatch(Thread::isAlive)) {
            lease.release();
        }
    }

    private void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void lead() {
        while (!stopped) {
            try {
                prepare();
                boolean more = lead(lease.hold());
                TimeUnit.NANOSECONDS.sleep((more ? BETWEEN_SCANNED_PAGES : config.pollInterval()).toNanos());
            } catch (InterruptedException e) {
                // It has been stopped; or else nobody has a reason to.
            } catch (Throwable e) {
                pauseAfter(e);
            }
        }
    }

    private void prepare() {
        if (!prepared) {
            store.prepare(follower.name());
            prepared = true;
        }
    }

    /** Whether there is more to do now. */
    private boolean lead(boolean held) {
        if (held != active) {
            if (held) {
                discovery.restart();
            }
            active = held;
            schedule.setActive(held);
        }
        if (!held) {
            return false;
        }
        note(schedule.state());
        return discovery.look();
    }

    private void note(Schedule.State state) {
        if (state != noted) {
            store.noteState(follower.name(), state);
            if (state != Schedule.State.UP || noted != null) {
                LOG.infof("event=follower-%s follower=%s", state.name().toLowerCase(Locale.ROOT), follower);
            }
            noted = state;
        }
    }

    private void work() {
        while (!stopped) {
            try {
                workOnce();
            } catch (InterruptedException e) {
                // As above.
            } catch (Throwable e) {
                pauseAfter(e);
            }
        }
    }

    private void workOnce() throws InterruptedException {
        Turn turn = schedule.next();
        if (turn == null) {
            return;
        }
        boolean more = false;
        try {
            more = projectDelivery.deliver(turn);
        } catch (Throwable e) {
            schedule.interrupted(turn);
            throw e;
        } finally {
            schedule.done(turn, more);
        }
    }

    private void pauseAfter(Throwable failure) {
        if (stopped) {
            return; // what was under way has been interrupted
        }
        database.failed(LOG, "delivery-interrupted follower=" + follower.name(), failure);
        try {
            TimeUnit.NANOSECONDS.sleep(config.pollInterval().toNanos());
        } catch (InterruptedException e) {
            // Shorter, then.
        }
    }
}
