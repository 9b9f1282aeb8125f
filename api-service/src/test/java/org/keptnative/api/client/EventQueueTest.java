package org.keptnative.api.client;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keptnative.api.error.ApiException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class EventQueueTest {

    /** What was posted, and with it how to answer. */
    private final List<List<String>> posted = new ArrayList<>();

    private final List<UniEmitter<? super Boolean>> answers = new ArrayList<>();
    private final EventQueue queue = new EventQueue(this::post);

    @Test
    void events_that_come_while_others_are_under_way_go_together() {
        CompletableFuture<Boolean> first = add("1");
        CompletableFuture<Boolean> second = add("2");
        List<CompletableFuture<Boolean>> rest = List.of(add("3"), add("4"), add("5"));
        assertThat(posted).containsExactly(List.of("1"), List.of("2"));

        answers.get(1).complete(true);
        assertThat(posted).containsExactly(List.of("1"), List.of("2"), List.of("3", "4", "5"));
        assertThat(second).isCompletedWithValue(true);
        assertThat(first).isNotDone();
        assertThat(rest).noneMatch(CompletableFuture::isDone);

        answers.get(2).complete(false);
        assertThat(rest).allSatisfy(event -> assertThat(event).isCompletedWithValue(false));
        answers.get(0).complete(true);
        assertThat(first).isCompleted();
    }

    @Test
    void a_refused_event_does_no_harm_to_those_beside_it() {
        List<CompletableFuture<Boolean>> all = List.of(add("1"), add("2"), add("3"), add("bad"), add("5"));
        ApiException refusal = ApiException.badRequest("bad");
        answers.get(0).complete(true);
        answers.get(2).fail(refusal);

        assertThat(posted.subList(2, 6))
                .containsExactly(List.of("3", "bad", "5"), List.of("3"), List.of("bad"), List.of("5"));
        answers.get(3).complete(true);
        answers.get(4).fail(refusal);
        answers.get(5).complete(true);
        assertThat(all.get(2)).isCompleted();
        assertThatThrownBy(all.get(3)::join)
                .isInstanceOf(CompletionException.class)
                .hasCause(refusal);
        assertThat(all.get(4)).isCompleted();
    }

    @Test
    void a_failure_is_everybodys_and_the_next_are_posted() {
        List<CompletableFuture<Boolean>> all = List.of(add("1"), add("2"), add("3"), add("4"));
        answers.get(0).fail(new ApiException(503, "down"));
        answers.get(2).fail(new ApiException(503, "down"));
        CompletableFuture<Boolean> next = add("5");

        assertThat(all.get(0)).isCompletedExceptionally();
        assertThat(all.get(2)).isCompletedExceptionally();
        assertThat(all.get(3)).isCompletedExceptionally();
        assertThat(posted).last().isEqualTo(List.of("5"));
        answers.get(3).complete(true);
        assertThat(next).isCompleted();
    }

    @Test
    void what_is_posted_together_is_bounded() {
        add("1");
        add("2");
        IntStream.range(0, EventQueue.EVENTS + 1).forEach(i -> add("small"));
        String large = "x".repeat(EventQueue.BYTES / 2);
        List.of(large, large, large, large + large + large, "after").forEach(this::add);
        for (int i = 0; i < answers.size(); i++) { // each answer lets the next be posted
            answers.get(i).complete(true);
        }

        assertThat(posted.stream().map(List::size)).containsExactly(1, 1, EventQueue.EVENTS, 2, 2, 1, 1);
    }

    @Test
    void an_event_that_nobody_waits_for_any_more_is_not_posted() {
        add("1");
        add("2");
        queue.add(Buffer.buffer("given up")).subscribe().with(stored -> {}).cancel();
        add("3");
        answers.get(0).complete(true);

        assertThat(posted).containsExactly(List.of("1"), List.of("2"), List.of("3"));
    }

    @Test
    void many_threads_post_each_event_once() {
        List<String> stored = Collections.synchronizedList(new ArrayList<>());
        ExecutorService clients = Executors.newFixedThreadPool(16);
        ExecutorService server = Executors.newFixedThreadPool(2);
        EventQueue busy = new EventQueue(events -> Uni.createFrom()
                .completionStage(() -> CompletableFuture.supplyAsync(
                        () -> stored.addAll(
                                events.stream().map(Buffer::toString).toList()),
                        server)));
        try {
            List<String> events =
                    IntStream.range(0, 5_000).mapToObj(Integer::toString).toList();
            List<CompletableFuture<Void>> all = events.stream()
                    .map(event -> CompletableFuture.runAsync(
                            () -> busy.add(Buffer.buffer(event)).await().indefinitely(), clients))
                    .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .orTimeout(50, TimeUnit.SECONDS)
                    .join();
            assertThat(stored).containsExactlyInAnyOrderElementsOf(events);
        } finally {
            clients.shutdownNow();
            server.shutdownNow();
        }
    }

    private CompletableFuture<Boolean> add(String event) {
        return queue.add(Buffer.buffer(event)).subscribeAsCompletionStage();
    }

    private Uni<Boolean> post(Collection<Buffer> events) {
        posted.add(events.stream().map(Buffer::toString).toList());
        return Uni.createFrom().emitter(answers::add);
    }
}
