package org.keptnative.configuration.upstream;

import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** How the upstream of one project has answered lately. */
final class UpstreamHealth {

    /** Nobody waits beside a call that takes longer: more than any server needs that answers at all. */
    private static final Duration SLOW = Duration.ofSeconds(8);

    /** Who waits for a call that takes longer must not keep others waiting, though it may yet succeed. */
    private static final Duration LATE = Duration.ofSeconds(2);

    /** So long no read asks again after a failure. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** Each one is another. */
    private static final class Call {
        private final long since = System.nanoTime();

        boolean takesLongerThan(Duration time) {
            return System.nanoTime() - since > time.toNanos();
        }
    }

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean hung;
    private volatile String problem;
    private volatile Map<String, String> diverged = Map.of();
    private volatile long askedAt = System.nanoTime() - Duration.ofDays(1).toNanos();
    private int waiting;

    /** Asks the upstream something. */
    <T> T call(Supplier<T> question) {
        Call call = new Call();
        calls.add(call);
        try {
            T answer = question.get();
            hung = false;
            problem = null;
            return answer;
        } catch (GitException e) {
            boolean answered = e.reason() == Reason.UPSTREAM_DECLINED || e.reason() == Reason.INVALID;
            hung = !answered && call.takesLongerThan(SLOW);
            problem = answered ? null : e.getMessage();
            throw e;
        } finally {
            calls.remove(call);
        }
    }

    /** Whether it does not answer, as far as anybody knows. */
    boolean isSlow() {
        return hung || takesLongerThan(SLOW);
    }

    /** Whether it takes long, or does not answer at all. */
    boolean isLate() {
        return hung || takesLongerThan(LATE);
    }

    private boolean takesLongerThan(Duration time) {
        return calls.stream().anyMatch(call -> call.takesLongerThan(time));
    }

    /** Whether a read need not ask now. */
    boolean isAsked(Duration interval) {
        long age = System.nanoTime() - askedAt;
        return age < (problem == null ? interval : PAUSE).toNanos();
    }

    void asked() {
        askedAt = System.nanoTime();
    }

    /** What failed last; null when the last call succeeded. */
    String problem() {
        return problem;
    }

    /** The branches that are not followed, and why. */
    Map<String, String> diverged() {
        return diverged;
    }

    void diverged(Map<String, String> branches) {
        diverged = branches;
    }

    /** How many requests wait for it; guarded by {@link WaitingRoom}. */
    int waiting() {
        return waiting;
    }

    void addWaiting(int change) {
        waiting += change;
    }
}
