package org.keptnative.datastore.delivery;

import org.keptnative.datastore.follower.Follower;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which project of a follower comes next. A project with news comes before those with a backlog, and these before those
 * whose last event failed, but each kind gets a share; a project that waits for its next try costs nothing. When several
 * projects fail and none succeeds, or nobody answers at all, it is the follower that is down: then it gets one event at a
 * time.
 */
final class Schedule {

    enum State {
        UP,
        FAILING,
        UNREACHABLE
    }

    /** Between two tries of a follower that does not answer; it shall not wait long when it is back. */
    private static final Duration LONGEST_PAUSE_WHEN_UNREACHABLE = Duration.ofSeconds(5);

    /** Between two tries of a follower that answers: some other project may have what it takes. */
    private static final Duration LONGEST_PAUSE_WHEN_FAILING = Duration.ofMillis(100);

    /** How often a follower may seem to die of an event. */
    private static final int MOST_BROKEN = 5;

    /** One in so many turns goes to the last lane first. */
    private static final int SHARE = 4;

    private final Follower.Retry retry;
    private final Pauses pauses;
    private final int mostFailed;
    private final LongSupplier nanoTime;

    private final Map<String, Turn> turns = new HashMap<>();
    private final Lanes lanes = new Lanes();
    private final PriorityQueue<Turn> paused = new PriorityQueue<>(Comparator.comparingLong(turn -> turn.due));
    private boolean active;
    private boolean ended;
    private int picks;

    private long successes;
    private final Set<String> failing = new HashSet<>();
    private boolean unreachable;
    private int failuresWhenDown;
    private long newsFailed = Long.MIN_VALUE / 2;
    private long nextTry;

    Schedule(Follower.Retry retry, int concurrency, LongSupplier nanoTime) {
        this.retry = retry;
        this.pauses = new Pauses(retry.firstPause(), retry.longestPause());
        this.mostFailed = Math.max(1, concurrency / 2);
        this.nanoTime = nanoTime;
    }

    /** From now on this process delivers, or another one. */
    synchronized void setActive(boolean delivers) {
        active = delivers;
        if (!delivers) {
            lanes.clear();
            paused.clear();
            turns.values().removeIf(turn -> !turn.working);
        }
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Tells of projects that have something to deliver. */
    synchronized void offer(Collection<String> projects, Lane lane) {
        if (!active) {
            return;
        }
        for (String project : projects) {
            Turn turn = turns.get(project);
            if (turn == null) {
                turn = new Turn(project);
                turns.put(project, turn);
                lanes.add(turn, lane);
            } else if (turn.working) {
                turn.again = true;
            }
        }
        notifyAll();
    }

    /** Waits for the next turn; null at the end. */
    synchronized Turn next() throws InterruptedException {
        while (!ended) {
            long now = nanoTime.getAsLong();
            while (!paused.isEmpty() && paused.peek().due - now <= 0) {
                lanes.add(paused.poll(), Lane.FAILED);
            }
            Turn turn = pick(now);
            if (turn != null) {
                begin(turn);
                return turn;
            }
            waitUntilDue(now);
        }
        return null;
    }

    private void begin(Turn turn) {
        turn.again = false;
        turn.failed = false;
        lanes.begin(turn);
        if (lanes.isAnyReady()) {
            notify(); // another thread may take the next one
        }
    }

    private Turn pick(long now) {
        if (isDown()) {
            // Whoever has not failed yet need not wait for those who have.
            boolean mayHaveNews = unreachable
                    ? lanes.working(Lane.NEWS) == 0
                            && now - newsFailed >= retry.firstPause().toNanos()
                    : lanes.working(Lane.NEWS) < mostFailed;
            Turn news = mayHaveNews ? lanes.poll(Lane.NEWS) : null;
            return news != null || lanes.isAnyAtWork() || now - nextTry < 0
                    ? news
                    : lanes.poll(Lane.BACKLOG, Lane.FAILED);
        }
        boolean mayFail = lanes.working(Lane.FAILED) < mostFailed;
        if (++picks % SHARE == 0) {
            return mayFail ? lanes.poll(Lane.FAILED, Lane.BACKLOG, Lane.NEWS) : lanes.poll(Lane.BACKLOG, Lane.NEWS);
        }
        return mayFail ? lanes.poll(Lane.NEWS, Lane.BACKLOG, Lane.FAILED) : lanes.poll(Lane.NEWS, Lane.BACKLOG);
    }

    private void waitUntilDue(long now) throws InterruptedException {
        long wait = Duration.ofSeconds(1).toNanos();
        if (!paused.isEmpty()) {
            wait = Math.min(wait, paused.peek().due - now);
        }
        if (isDown()) {
            wait = Math.min(wait, LONGEST_PAUSE_WHEN_FAILING.toNanos());
        }
        wait(Math.max(1, Duration.ofNanos(wait).toMillis()));
    }

    /** The follower has taken an event. */
    synchronized void succeeded(Turn turn) {
        successes++;
        turn.startAnew();
        failing.clear();
        unreachable = false;
        failuresWhenDown = 0;
    }

    /**
     * An event has failed; it is tried again after a pause.
     *
     * @param wasWell whether the follower answered a question without an event just before
     * @return whether it has failed so often while others did not that it shall be parked
     */
    synchronized boolean failed(Turn turn, Answer.Kind kind, boolean wasWell) {
        long now = nanoTime.getAsLong();
        failing.add(turn.project);
        unreachable = kind == Answer.Kind.UNREACHABLE;
        turn.broke = unreachable ? turn.broke : kind == Answer.Kind.BROKEN;
        boolean othersSucceed = turn.failures > 0 && successes > turn.successesBefore;
        boolean isFatal = wasWell && turn.broke;
        int most = isFatal ? Math.min(MOST_BROKEN, retry.tries()) : retry.tries();
        if ((othersSucceed || isFatal) && ++turn.triesWhileUp >= most) {
            return true;
        }
        if (isDown()) {
            Duration longest = unreachable ? LONGEST_PAUSE_WHEN_UNREACHABLE : LONGEST_PAUSE_WHEN_FAILING;
            nextTry = now + shorter(pauses.after(++failuresWhenDown), longest);
        }
        if (turn.lane == Lane.NEWS) {
            newsFailed = now;
        }
        Duration pause = pauses.after(++turn.failures);
        pause(turn, now + (turn.triesWhileUp > 0 ? pause.toNanos() : shorter(pause, LONGEST_PAUSE_WHEN_UNREACHABLE)));
        turn.successesBefore = successes;
        return false;
    }

    /** The project's delivery could not go on for a reason of this process. */
    synchronized void interrupted(Turn turn) {
        pause(turn, nanoTime.getAsLong() + retry.firstPause().toNanos());
    }

    /** The event at the head has been parked. */
    synchronized void parked(Turn turn) {
        turn.startAnew();
        failing.remove(turn.project);
    }

    private static long shorter(Duration one, Duration other) {
        return Math.min(one.toNanos(), other.toNanos());
    }

    private static void pause(Turn turn, long until) {
        turn.failed = true;
        turn.due = until;
    }

    /** Ends a turn; whether there is more is known from what it has read. */
    synchronized void done(Turn turn, boolean more) {
        lanes.end(turn);
        if (!active) {
            turns.remove(turn.project);
        } else if (turn.failed) {
            paused.add(turn);
        } else if (more) {
            lanes.add(turn, Lane.BACKLOG);
        } else if (turn.again) {
            lanes.add(turn, Lane.NEWS);
        } else {
            turns.remove(turn.project);
        }
        notifyAll();
    }

    synchronized State state() {
        if (unreachable) {
            return State.UNREACHABLE;
        }
        return isDown() ? State.FAILING : State.UP;
    }

    private boolean isDown() {
        return unreachable || failing.size() > 1;
    }
}
