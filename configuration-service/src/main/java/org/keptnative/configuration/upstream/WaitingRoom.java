package org.keptnative.configuration.upstream;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.Publication.Turn;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps upstreams from taking all threads that serve requests. The first at an upstream finds a place as long as there is
 * one at all, so that many upstreams that begin to hang at once keep nobody from the others. Who comes beside the first
 * shares a smaller number of places: upstreams that answer as ever have their own, those that take long have others. At one
 * that does not answer there is nobody beside the first. Whoever finds no place is told to come again.
 */
@Singleton
final class WaitingRoom {

    /** Nearly as many as are served at the same time ({@code quarkus.thread-pool.max-threads}). */
    private static final int ALL = 160;

    private static final int ALL_LATE = 120;
    private static final int SHARED = 60;
    private static final int SHARED_LATE = 30;

    private final Set<UpstreamHealth> occupied = new HashSet<>();

    /** @throws GitException when there is no place */
    Turn enter(UpstreamHealth upstream) {
        return tryEnter(upstream)
                .orElseThrow(() -> upstream.isSlow()
                        ? new GitException(
                                Reason.UPSTREAM_SILENT,
                                "the upstream of this project does not answer; nothing was changed")
                        : GitException.busy("too many requests wait for Git upstreams; nothing was changed"));
    }

    synchronized Optional<Turn> tryEnter(UpstreamHealth upstream) {
        boolean late = upstream.isLate();
        int here = upstream.waiting();
        boolean admitted;
        if (here == 0) {
            admitted = waiting(any -> true) < (late ? ALL_LATE : ALL);
        } else {
            int free = (late ? SHARED_LATE : SHARED) - waiting(other -> other.isLate() == late);
            admitted = !upstream.isSlow() && here < free / 2; // some are left for others
        }
        if (!admitted) {
            return Optional.empty();
        }
        upstream.addWaiting(1);
        occupied.add(upstream);
        return Optional.of(() -> leave(upstream));
    }

    private int waiting(Predicate<UpstreamHealth> which) {
        return occupied.stream().filter(which).mapToInt(UpstreamHealth::waiting).sum();
    }

    private synchronized void leave(UpstreamHealth upstream) {
        upstream.addWaiting(-1);
        if (upstream.waiting() == 0) {
            occupied.remove(upstream);
        }
    }
}
