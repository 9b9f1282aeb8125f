package org.keptnative.api.progress;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.quarkus.mongodb.impl.ReactiveMongoClientImpl;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTest {

    private static final MongoClient NOBODY = MongoClients.create("mongodb://127.0.0.1:1");

    private static final ProgressConfig CONFIG = new ProgressConfig() {
        @Override
        public int characters() {
            return 1_000;
        }

        @Override
        public int charactersPerChannel() {
            return 1_000;
        }

        @Override
        public Duration keepFor() {
            return Duration.ofMinutes(1);
        }
    };

    @AfterAll
    static void close() {
        NOBODY.close();
    }

    /** Nothing fails, and nothing is ever heard of the first try; the frames behind it would wait for ever. */
    @Test
    void a_frame_of_which_nothing_is_heard_is_sent_again() {
        AtomicInteger tries = new AtomicInteger();
        FrameStore silentAtFirst = store(() -> tries.getAndIncrement() == 0
                ? Uni.createFrom().nothing()
                : Uni.createFrom().voidItem());

        new Outbox(silentAtFirst, CONFIG).add("context", "{}", "key").await().atMost(Duration.ofSeconds(30));

        assertThat(tries).hasValue(2);
    }

    /** As {@link OnceTest}: the end of a command is told like this, and would never come. */
    @Test
    void who_asks_in_the_moment_a_frame_is_stored_is_told_after_having_joined() {
        CompletableFuture<Void> database = new CompletableFuture<>();
        Uni<Void> added =
                new Outbox(store(() -> Uni.createFrom().completionStage(database)), CONFIG).add("context", "{}", "key");
        List<String> told = new ArrayList<>();

        added.onSubscription()
                .invoke(() -> {
                    database.complete(null);
                    told.add("joined");
                })
                .subscribe()
                .with(stored -> told.add("stored"));

        assertThat(told).containsExactly("joined", "stored");
    }

    private static FrameStore store(Supplier<Uni<Void>> append) {
        return new FrameStore(new ReactiveMongoClientImpl(NOBODY), "test", CONFIG) {
            @Override
            Uni<Void> append(String context, String frame, String key) {
                return append.get();
            }
        };
    }
}
