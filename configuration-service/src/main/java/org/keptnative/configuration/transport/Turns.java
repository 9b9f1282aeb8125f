package org.keptnative.configuration.transport;

import org.keptnative.configuration.git.GitException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps what is done at the same time below what the heap can bear. Who finds no place soon is told to come again. */
final class Turns {

    /** Longer than a client that does nothing is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A place, given back by closing. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private final String what;
    private final int places;
    private final Semaphore free;

    /** @param what is bounded, in the plural */
    Turns(String what, int places) {
        this.what = what;
        this.places = Math.max(1, places);
        free = new Semaphore(this.places, true);
    }

    /**
     * @param weight how many places it takes; never more than there are
     * @throws GitException {@link GitException.Reason#BUSY}
     */
    Turn take(long weight) {
        int taken = (int) Math.max(1, Math.min(places, weight));
        try {
            if (free.tryAcquire(taken, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return () -> free.release(taken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw GitException.busy("too many " + what + " at once; try again later");
    }

    /** @return nothing when there is not as much room now */
    Optional<Turn> tryTake(long weight) {
        int taken = (int) Math.min(Integer.MAX_VALUE, weight);
        return free.tryAcquire(taken) ? Optional.of(() -> free.release(taken)) : Optional.empty();
    }
}
