package org.keptnative.configuration.git.mongodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One look at a time, shared by all who came before it began: whoever comes later waits for the next one. So nobody sees
 * less than there was when he came.
 */
final class SharedLook<T> {

    private final Supplier<T> look;
    private final Lock looking = new ReentrantLock();
    private CompletableFuture<T> next;

    /** @param look a failure is told to all who wait */
    SharedLook(Supplier<T> look) {
        this.look = look;
    }

    T take() {
        CompletableFuture<T> shared;
        boolean first;
        synchronized (this) {
            first = next == null;
            if (first) {
                next = new CompletableFuture<>();
            }
            shared = next;
        }
        if (first) {
            lookFor(shared);
        }
        try {
            return shared.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void lookFor(CompletableFuture<T> shared) {
        looking.lock();
        try {
            synchronized (this) {
                next = null;
            }
            shared.complete(look.get());
        } catch (RuntimeException | Error e) {
            shared.completeExceptionally(e);
        } finally {
            looking.unlock();
        }
    }
}
