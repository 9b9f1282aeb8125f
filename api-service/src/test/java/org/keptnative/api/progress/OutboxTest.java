package org.keptnative.api.progress;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.quarkus.mongodb.impl.ReactiveMongoClientImpl;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTest {

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

    /** Nothing fails, and nothing is ever heard of the first try; the frames behind it would wait for ever. */
    @Test
    void a_frame_of_which_nothing_is_heard_is_sent_again() {
        AtomicInteger tries = new AtomicInteger();
        try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:1")) {
            FrameStore silentAtFirst = new FrameStore(new ReactiveMongoClientImpl(client), "test", CONFIG) {
                @Override
                Uni<Void> append(String context, String frame, String key) {
                    return tries.getAndIncrement() == 0
                            ? Uni.createFrom().nothing()
                            : Uni.createFrom().voidItem();
                }
            };

            new Outbox(silentAtFirst, CONFIG)
                    .add("context", "{}", "key")
                    .await()
                    .atMost(Duration.ofSeconds(30));

            assertThat(tries).hasValue(2);
        }
    }
}
