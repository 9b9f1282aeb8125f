package org.keptnative.datastore.delivery;

import java.time.Duration;

/** Where the delivery of one project's events to one follower stands. Changed by one thread at a time. */
final class Turn {

    private volatile boolean working;
    private volatile long pausedUntil = System.nanoTime();
    private volatile int failures;
    private int refusals;

    void begin() {
        working = true;
    }

    void end() {
        working = false;
    }

    boolean isWorking() {
        return working;
    }

    /** At work, or in a pause after a failure. */
    boolean isBusy() {
        return working || System.nanoTime() - pausedUntil < 0;
    }

    /** Neither busy nor anything to remember. */
    boolean isOver() {
        return !isBusy() && failures == 0;
    }

    /** The event at the head has been dealt with. */
    void advance() {
        failures = 0;
        refusals = 0;
    }

    int refused() {
        return ++refusals;
    }

    Duration pause(Pauses pauses) {
        Duration pause = pauses.after(++failures);
        pausedUntil = System.nanoTime() + pause.toNanos();
        return pause;
    }
}
