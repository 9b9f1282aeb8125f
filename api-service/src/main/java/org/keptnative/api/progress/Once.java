package org.keptnative.api.progress;

import io.smallrye.mutiny.Uni;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Work that is done once for all who need it, and again when it has failed. Not by {@code memoize()}: that may give the item
 * to one who joins in the moment it ends before it has given the subscription, and then operators lose it.
 */
class Once {

    private final Supplier<Uni<Void>> work;
    private CompletableFuture<Void> result;

    Once(Supplier<Uni<Void>> work) {
        this.work = work;
    }

    Uni<Void> done() {
        // A copy, since who leaves cancels it.
        return Uni.createFrom().completionStage(() -> result().copy());
    }

    private synchronized CompletableFuture<Void> result() {
        if (result == null || result.isCompletedExceptionally()) {
            result = work.get().subscribeAsCompletionStage();
        }
        return result;
    }
}
