package org.keptnative.api.progress;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Frames on their way to the database: those of a context one after the other, and again when it does not answer. */
@ApplicationScoped
class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(2);
    /** Of which nothing is heard for so long is tried again: a frame that is stored already is not stored twice. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(5);

    private final FrameStore frames;
    private final ProgressConfig config;
    private final Map<String, Queue<Entry>> waiting = new HashMap<>();
    private int characters;

    private record Entry(String frame, String key, CompletableFuture<Void> stored) {}

    Outbox(FrameStore frames, ProgressConfig config) {
        this.frames = frames;
        this.config = config;
    }

    /** Completes when the frame is stored; fails when too many wait, or the database is away for too long. */
    Uni<Void> add(String context, String frame, String key) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        stored.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf("event=frame-lost context=%s reason=%s", context, failure.getMessage());
            }
        });
        add(context, new Entry(frame, key, stored));
        // A copy, since who leaves cancels it; and not memoized, for the reason that Once has.
        return Uni.createFrom().completionStage(stored::copy);
    }

    private void add(String context, Entry entry) {
        boolean isFirst;
        synchronized (this) {
            if (characters + entry.frame.length() > config.characters()) {
                entry.stored.completeExceptionally(new IllegalStateException("too many frames wait for the database"));
                return;
            }
            characters += entry.frame.length();
            Queue<Entry> queue = waiting.computeIfAbsent(context, name -> new ArrayDeque<>());
            queue.add(entry);
            isFirst = queue.size() == 1;
        }
        if (isFirst) {
            send(context, entry);
        }
    }

    private void send(String context, Entry entry) {
        Uni.createFrom()
                .deferred(() -> frames.append(context, entry.frame, entry.key))
                .ifNoItem()
                .after(LONGEST_TRY)
                .fail()
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .expireIn(config.keepFor().toMillis())
                .subscribe()
                .with(
                        stored -> {
                            entry.stored.complete(null);
                            sendNext(context);
                        },
                        failure -> {
                            entry.stored.completeExceptionally(failure);
                            sendNext(context);
                        });
    }

    private void sendNext(String context) {
        Entry next;
        synchronized (this) {
            Queue<Entry> queue = waiting.get(context);
            characters -= queue.remove().frame.length();
            next = queue.peek();
            if (next == null) {
                waiting.remove(context);
            }
        }
        if (next != null) {
            send(context, next);
        }
    }

    synchronized int characters() {
        return characters;
    }
}
