package org.keptnative.configuration.git.mongodb;

import org.keptnative.configuration.git.GitException;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * When this process asks for a {@link Turn}, and waits for that of another one: who is far from the database would
 * otherwise lose each race against those who are near. For one change at a time.
 */
final class FairTurns {

    /** So many races are lost before others are asked to wait. */
    private static final int MAX_LOST = 3;

    /** Beside what an attempt takes: the pause before it. */
    private static final int PAUSE_MILLIS = 100;

    private static final int MAX_MILLIS = 1000;
    private static final int LOOK_MILLIS = 20;

    private int lost;
    private long begun;
    private String own;
    private String respected;

    void begin() {
        begun = System.nanoTime();
    }

    void won() {
        lost = 0;
    }

    /** @return the turn to ask for, or null when it is too early for that */
    Turn lost() {
        if (++lost < MAX_LOST) {
            return null;
        }
        own = Ids.next();
        long attempt = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        return new Turn(own, (int) Math.min(MAX_MILLIS, PAUSE_MILLIS + 4 * attempt));
    }

    /**
     * Lets another one pass, once.
     *
     * @param turn null when nobody asks
     * @param isOver whether it has passed
     * @return whether there was anybody to wait for
     */
    boolean respect(Turn turn, BooleanSupplier isOver) {
        if (turn == null || turn.id().equals(own) || turn.id().equals(respected)) {
            return false;
        }
        respected = turn.id();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(turn.millis(), MAX_MILLIS));
        try {
            do {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } while (System.nanoTime() < end && !isOver.getAsBoolean());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GitException.busy("the service is shutting down");
        }
        return true;
    }
}
