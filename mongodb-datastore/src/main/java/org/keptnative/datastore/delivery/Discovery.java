package org.keptnative.datastore.delivery;

import org.keptnative.datastore.event.Sequence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Finds the projects of a follower that have something to deliver: those of events that other replicas have stored, soon,
 * and all, whatever became of whoever stored their events, a little later.
 */
final class Discovery {

    /** How much later than its number says an event may become visible to be found soon. */
    private static final long LATE = Sequence.at(Instant.EPOCH.plusSeconds(1));

    private static final Duration BETWEEN_SCANS = Duration.ofSeconds(10);

    private final String follower;
    private final PendingStore store;
    private final Schedule schedule;

    private long seen;
    private String scanned;
    private long nextScan;

    Discovery(String follower, PendingStore store, Schedule schedule) {
        this.follower = follower;
        this.store = store;
        this.schedule = schedule;
        restart();
    }

    /** From here on every project is news. */
    void restart() {
        seen = now();
        scanned = null;
        nextScan = System.nanoTime();
    }

    /** Looks for new events, and on through the projects; whether there are more projects to look at now. */
    boolean look() {
        lookForNews();
        if (System.nanoTime() - nextScan < 0) {
            return false;
        }
        List<Waiting> some = store.byProject(follower, scanned);
        offer(some, Lane.BACKLOG);
        boolean more = some.size() == PendingStore.PAGE;
        scanned = more ? last(some).project() : null;
        if (!more) {
            nextScan = System.nanoTime() + BETWEEN_SCANS.toNanos();
        }
        return more;
    }

    private void lookForNews() {
        long from = seen - LATE;
        List<Waiting> some;
        do {
            some = store.after(follower, from);
            offer(some, Lane.NEWS);
            from = some.isEmpty() ? from : last(some).sequence();
        } while (some.size() == PendingStore.PAGE);
        // A replica whose clock is ahead must not hide what the others store.
        seen = Math.max(seen, Math.min(from, now()));
    }

    private void offer(List<Waiting> some, Lane lane) {
        schedule.offer(some.stream().map(Waiting::project).distinct().toList(), lane);
    }

    private static Waiting last(List<Waiting> some) {
        return some.get(some.size() - 1);
    }

    private static long now() {
        return Sequence.at(Instant.now());
    }
}
