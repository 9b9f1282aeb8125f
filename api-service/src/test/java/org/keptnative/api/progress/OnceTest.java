package org.keptnative.api.progress;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

class OnceTest {

    private final List<CompletableFuture<Void>> begun = new ArrayList<>();
    private final Once once = new Once(() -> {
        begun.add(new CompletableFuture<>());
        return Uni.createFrom().completionStage(begun.get(begun.size() - 1));
    });

    /** Mutiny's operators lose an item that comes before the subscription, and whoever waits for it waits for ever. */
    @Test
    void who_joins_in_the_moment_it_ends_is_told_after_having_joined() {
        CompletableFuture<Void> first = once.done().subscribeAsCompletionStage();
        List<String> told = new ArrayList<>();

        once.done().subscribe().withSubscriber(new UniSubscriber<Void>() {
            @Override
            public void onSubscribe(UniSubscription subscription) {
                begun.get(0).complete(null);
                told.add("joined");
            }

            @Override
            public void onItem(Void item) {
                told.add("done");
            }

            @Override
            public void onFailure(Throwable failure) {
                told.add("failed");
            }
        });

        assertThat(told).containsExactly("joined", "done");
        assertThat(first).isCompleted();
        assertThat(begun).hasSize(1);
    }

    @Test
    void what_has_failed_is_done_again() {
        CompletableFuture<Void> first = once.done().subscribeAsCompletionStage();
        begun.get(0).completeExceptionally(new IllegalStateException("the database is away"));
        CompletableFuture<Void> second = once.done().subscribeAsCompletionStage();
        begun.get(1).complete(null);

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompleted();
        assertThat(once.done().subscribeAsCompletionStage()).isCompleted();
        assertThat(begun).hasSize(2);
    }

    @Test
    void who_leaves_takes_nothing_from_those_who_wait() {
        CompletableFuture<Void> impatient = once.done().subscribeAsCompletionStage();
        CompletableFuture<Void> patient = once.done().subscribeAsCompletionStage();
        impatient.cancel(false);
        begun.get(0).complete(null);

        assertThat(patient).isCompleted();
    }
}
