package org.keptnative.api.progress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.api.neighbours.Neighbours;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two replicas that share nothing but the database. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class ReplicasTest {

    @Inject
    ReactiveMongoClient database;

    @Inject
    Vertx vertx;

    /** Not that of the service under test, which forgets frames after some seconds. */
    private final String name = "test-" + UUID.randomUUID();

    private final String context = UUID.randomUUID().toString();
    private FrameStore frames;
    private Channels some;
    private Channels other;

    private record Config(Duration keepFor, int charactersPerChannel, int characters) implements ProgressConfig {}

    @BeforeEach
    void start() {
        ProgressConfig config = new Config(Duration.ofMinutes(5), 100_000, 1_000_000);
        frames = new FrameStore(database, name, config);
        some = replica(config);
        other = replica(config);
    }

    @AfterEach
    void drop() {
        database.getDatabase(name).drop().await().atMost(Duration.ofSeconds(30));
    }

    private Channels replica(ProgressConfig config) {
        FrameStore own = new FrameStore(database, name, config);
        return new Channels(own, new Outbox(own, config), vertx, new SimpleMeterRegistry());
    }

    @Test
    void a_frame_reaches_the_readers_of_every_replica() {
        List<String> early = listen(other);
        some.publish(context, "1", key()).await().atMost(Duration.ofSeconds(30));
        other.publish(context, "2", key()).await().atMost(Duration.ofSeconds(30));
        List<String> late = listen(some);

        await().untilAsserted(() -> assertThat(early).containsExactly("1", "2"));
        await().untilAsserted(() -> assertThat(late).containsExactly("1", "2"));
    }

    @Test
    void all_readers_hear_all_frames_of_all_writers_in_one_order() {
        List<String> first = listen(some);
        List<String> second = listen(other);
        IntStream.range(0, 100).forEach(i -> {
            some.publish(context, "a" + i, key());
            other.publish(context, "b" + i, key());
        });

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(first).hasSize(200));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(second).isEqualTo(first));
        for (String writer : List.of("a", "b")) {
            assertThat(first.stream().filter(frame -> frame.startsWith(writer)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> writer + i).toList());
        }
        List<String> late = listen(some);
        await().untilAsserted(() -> assertThat(late).isEqualTo(first));
    }

    @Test
    void what_is_told_twice_is_heard_once() {
        List<String> heard = listen(some);
        some.publish(context, "end", "end of " + context).await().atMost(Duration.ofSeconds(30));
        other.publish(context, "end", "end of " + context).await().atMost(Duration.ofSeconds(30));
        other.publish(context, "after", key()).await().atMost(Duration.ofSeconds(30));

        await().untilAsserted(() -> assertThat(heard).containsExactly("end", "after"));
    }

    @Test
    void the_oldest_frames_of_a_context_that_has_too_many_go() {
        FrameStore small = new FrameStore(database, name, new Config(Duration.ofMinutes(5), 1_000, 1_000_000));
        IntStream.range(0, 10)
                .forEach(i -> small.append(context, "x".repeat(100) + i, key())
                        .await()
                        .atMost(Duration.ofSeconds(30)));

        List<FrameStore.Stored> kept = kept(small);
        assertThat(kept).hasSizeBetween(1, 3);
        assertThat(kept.get(kept.size() - 1).text()).endsWith("9");
        assertThat(kept.get(kept.size() - 1).number()).isEqualTo(10);
    }

    @Test
    void frames_are_forgotten_in_time() {
        frames.append(context, "old", key()).await().atMost(Duration.ofSeconds(30));
        frames.forget().await().atMost(Duration.ofSeconds(30));
        assertThat(kept(frames)).hasSize(1);

        FrameStore forgetful = new FrameStore(database, name, new Config(Duration.ofMillis(-1000), 1_000, 1_000));
        forgetful.forget().await().atMost(Duration.ofSeconds(30));
        assertThat(kept(frames)).isEmpty();
    }

    @Test
    void what_somebody_has_heard_last_stays_so_that_the_next_is_heard_too() {
        FrameStore forgetful = new FrameStore(database, name, new Config(Duration.ofMillis(500), 1_000, 1_000));
        forgetful.append(context, "1", key()).await().atMost(Duration.ofSeconds(30));
        forgetful.append(context, "2", key()).await().atMost(Duration.ofSeconds(30));
        await().untilAsserted(() -> {
            forgetful.keep(Map.of(context, 2L)).await().atMost(Duration.ofSeconds(30));
            forgetful.forget().await().atMost(Duration.ofSeconds(30));
            assertThat(kept(frames)).extracting(FrameStore.Stored::text).containsExactly("2");
        });
        forgetful.append(context, "3", key()).await().atMost(Duration.ofSeconds(30));
        assertThat(kept(frames)).extracting(FrameStore.Stored::number).containsExactly(2L, 3L);
    }

    @Test
    void who_has_left_hears_nothing_and_leaves_nothing_behind() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Reader reader = heard::add;
        some.join(context, reader);
        assertThat(some.count()).isEqualTo(1);
        some.leave(context, reader);
        assertThat(some.count()).isZero();
        some.publish(context, "1", key()).await().atMost(Duration.ofSeconds(30));
        assertThat(heard).isEmpty();
    }

    private List<FrameStore.Stored> kept(FrameStore store) {
        return new ArrayList<>(store.after(Map.of(context, 0L)).await().atMost(Duration.ofSeconds(30)));
    }

    private List<String> listen(Channels replica) {
        List<String> heard = new CopyOnWriteArrayList<>();
        replica.join(context, heard::add);
        return heard;
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
