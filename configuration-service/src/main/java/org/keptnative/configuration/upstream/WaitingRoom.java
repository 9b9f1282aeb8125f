package org.keptnative.configuration.upstream;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.Publication.Turn;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps upstreams from taking all threads that serve requests: so many requests may wait for them, fewer for each one,
 * and one only for an upstream that does not answer. Whoever finds no place is told to come again.
 */
@Singleton
final class WaitingRoom {

    /** A good part of the requests that are served at the same time ({@code quarkus.thread-pool.max-threads}). */
    private static final int ALL = 80;

    /** Nobody is turned away from an upstream for which nobody waits, before so many wait for others. */
    private static final int ALL_FIRST = 110;

    private static final int EACH = 16;
    private static final int SLOW_ALL = 40;

    private final Set<UpstreamHealth> occupied = new HashSet<>();

    /** @throws GitException when there is no place */
    Turn enter(UpstreamHealth upstream) {
        return tryEnter(upstream)
                .orElseThrow(() -> GitException.busy(
                        upstream.isSlow()
                                ? "the upstream of this project does not answer; nothing was changed"
                                : "too many requests wait for Git upstreams; nothing was changed"));
    }

    synchronized Optional<Turn> tryEnter(UpstreamHealth upstream) {
        boolean slow = upstream.isSlow();
        int others = occupied.stream()
                .filter(other -> other.isSlow() == slow)
                .mapToInt(UpstreamHealth::waiting)
                .sum();
        boolean first = upstream.waiting() == 0;
        boolean admitted =
                slow ? first && others < SLOW_ALL : upstream.waiting() < EACH && others < (first ? ALL_FIRST : ALL);
        if (!admitted) {
            return Optional.empty();
        }
        upstream.addWaiting(1);
        occupied.add(upstream);
        return Optional.of(() -> leave(upstream));
    }

    private synchronized void leave(UpstreamHealth upstream) {
        upstream.addWaiting(-1);
        if (upstream.waiting() == 0) {
            occupied.remove(upstream);
        }
    }
}
