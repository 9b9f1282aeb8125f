package org.keptnative.configuration.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asked once for all who wait, but never earlier than they came: who comes while it is asked shares the next one. */
final class SharedQuestion {

    private final Runnable question;
    private final Executor executor;
    private CompletableFuture<Void> running;
    private CompletableFuture<Void> next;

    /** @param question a failure is told to all who wait */
    SharedQuestion(Runnable question, Executor executor) {
        this.question = question;
        this.executor = executor;
    }

    synchronized CompletableFuture<Void> ask() {
        if (running == null) {
            return start(new CompletableFuture<>());
        }
        if (next == null) {
            next = new CompletableFuture<>();
        }
        return next;
    }

    private CompletableFuture<Void> start(CompletableFuture<Void> answer) {
        executor.execute(() -> {
            try {
                question.run();
                finish();
                answer.complete(null);
            } catch (RuntimeException e) {
                finish();
                answer.completeExceptionally(e);
            }
        });
        running = answer;
        return answer;
    }

    private synchronized void finish() {
        running = null;
        if (next != null) {
            CompletableFuture<Void> following = next;
            next = null;
            start(following);
        }
    }
}
