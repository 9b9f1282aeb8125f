package org.keptnative.configuration.git.files;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Something that is written and brought to the disk while others are: a disk takes little longer for several files than
 * for one.
 */
final class ToDisk<T> {

    private final CompletableFuture<T> done = new CompletableFuture<>();

    private ToDisk() {}

    static <T> ToDisk<T> start(Executor threads, Callable<T> work) {
        ToDisk<T> started = new ToDisk<>();
        threads.execute(() -> {
            try {
                started.done.complete(work.call());
            } catch (Throwable e) {
                started.done.completeExceptionally(e);
            }
        });
        return started;
    }

    /** Waits also when interrupted, so that nothing goes on behind the back of who began it. */
    T await() throws IOException {
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Waits, whatever comes of it. */
    void settle() {
        done.handle((result, failure) -> null).join();
    }
}
