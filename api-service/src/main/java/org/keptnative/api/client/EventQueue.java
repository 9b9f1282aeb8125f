package org.keptnative.api.client;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import org.keptnative.api.error.ApiException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Posts events and gives each an answer of its own. Those that come while some are under way wait and then go together:
 * for the database that is less work than one after the other.
 */
class EventQueue {

    /** Under way at a time: with more, fewer go together; with one, all wait for it when it is slow. */
    static final int REQUESTS = 2;

    /** Most events, and most bytes of several events, in one request. */
    static final int EVENTS = 100;

    static final int BYTES = 1 << 20;

    private final Function<List<Buffer>, Uni<Boolean>> post;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int requests;

    private record Waiting(Buffer event, UniEmitter<? super Boolean> answer) {}

    /** @param post stores all of a list and says whether all are new, or refuses all with a status of 4xx */
    EventQueue(Function<List<Buffer>, Uni<Boolean>> post) {
        this.post = post;
    }

    /**
     * Completes when the event is stored, with whether it is new like all that went with it. If nobody waits for that any
     * more before its turn, it is not posted.
     */
    Uni<Boolean> add(Buffer event) {
        return Uni.createFrom().emitter(answer -> {
            Waiting entry = new Waiting(event, answer);
            answer.onTermination(() -> forget(entry));
            synchronized (this) {
                waiting.add(entry);
            }
            postNext();
        });
    }

    private synchronized void forget(Waiting entry) {
        waiting.remove(entry);
    }

    private void postNext() {
        List<Waiting> batch = take();
        if (!batch.isEmpty()) {
            post(batch, () -> {
                release();
                postNext();
            });
        }
    }

    private void post(List<Waiting> batch, Runnable then) {
        Uni.createFrom()
                .deferred(() -> post.apply(batch.stream().map(Waiting::event).toList()))
                .onTermination()
                .invoke(then)
                .subscribe()
                .with(
                        areNew -> batch.forEach(entry -> entry.answer.complete(areNew)),
                        failure -> failed(batch, failure));
    }

    /** Of several that are refused together, each shows alone whether it is the culprit. */
    private void failed(List<Waiting> batch, Throwable failure) {
        if (batch.size() > 1 && failure instanceof ApiException refusal && refusal.status() < 500) {
            batch.forEach(entry -> post(List.of(entry), () -> {}));
        } else {
            batch.forEach(entry -> entry.answer.fail(failure));
        }
    }

    private synchronized List<Waiting> take() {
        List<Waiting> batch = new ArrayList<>();
        if (requests == REQUESTS || waiting.isEmpty()) {
            return batch;
        }
        requests++;
        int bytes = 0;
        do {
            bytes += waiting.peek().event.length();
            batch.add(waiting.remove());
        } while (!waiting.isEmpty()
                && batch.size() < EVENTS
                && bytes + waiting.peek().event.length() <= BYTES);
        return batch;
    }

    private synchronized void release() {
        requests--;
    }
}
