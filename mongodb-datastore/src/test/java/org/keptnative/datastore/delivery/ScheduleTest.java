package org.keptnative.datastore.delivery;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.follower.Follower;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.datastore.delivery.Answer.Kind.BROKEN;
import static org.keptnative.datastore.delivery.Answer.Kind.FAILED;
import static org.keptnative.datastore.delivery.Answer.Kind.UNREACHABLE;
import static org.keptnative.datastore.delivery.Lane.BACKLOG;
import static org.keptnative.datastore.delivery.Lane.NEWS;

class ScheduleTest {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final AtomicLong now = new AtomicLong();
    private final Schedule schedule = new Schedule(new Follower.Retry(PAUSE, Duration.ofMinutes(1), 3), 4, now::get);

    @BeforeEach
    void activate() {
        schedule.setActive(true);
    }

    @Test
    void a_project_is_served_by_one_at_a_time_and_again_when_there_was_news_meanwhile() throws Exception {
        schedule.offer(List.of("a", "b", "a"), NEWS);
        Turn a = schedule.next();
        schedule.offer(List.of("a"), NEWS);
        assertThat(schedule.next().project).isEqualTo("b");
        CompletableFuture<Turn> next = nextLater();
        schedule.done(a, false);
        assertThat(next.get(1, TimeUnit.MINUTES).project).isEqualTo("a");
    }

    @Test
    void news_overtake_backlogs_which_still_get_a_share() throws Exception {
        schedule.offer(IntStream.range(0, 10_000).mapToObj(i -> "old" + i).toList(), BACKLOG);
        schedule.offer(IntStream.range(0, 100).mapToObj(i -> "new" + i).toList(), NEWS);
        int backlogs = 0;
        for (int i = 0; i < 120; i++) {
            Turn turn = schedule.next();
            backlogs += turn.project.startsWith("old") ? 1 : 0;
            schedule.done(turn, false);
        }
        assertThat(backlogs).isBetween(20, 40);
    }

    @Test
    void those_that_fail_take_no_more_than_half_of_the_threads() throws Exception {
        Set<String> bad = Set.of("bad1", "bad2", "bad3");
        for (String project : bad) {
            schedule.offer(List.of(project), NEWS);
            Turn turn = schedule.next();
            schedule.failed(turn, FAILED, false);
            schedule.done(turn, false);
            succeed();
        }
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(Set.of(schedule.next().project, schedule.next().project)).isSubsetOf(bad);
        schedule.offer(List.of("good"), NEWS);
        assertThat(schedule.next().project).isEqualTo("good");
        assertThat(nextLater()).isNotDone();
    }

    @Test
    void an_event_that_fails_while_others_do_not_is_parked_in_the_end() throws Exception {
        schedule.offer(List.of("poison"), NEWS);
        int tries = 0;
        boolean parked = false;
        while (!parked) {
            Turn turn = schedule.next();
            parked = schedule.failed(turn, FAILED, false);
            tries++;
            schedule.done(turn, false);
            succeed();
            now.addAndGet(Duration.ofMinutes(2).toNanos());
        }
        assertThat(tries).isEqualTo(4);
        assertThat(schedule.state()).isEqualTo(Schedule.State.UP);
    }

    @Test
    void an_event_that_a_follower_dies_of_again_and_again_is_parked_although_there_is_no_other() throws Exception {
        schedule.offer(List.of("poison"), NEWS);
        for (int death = 1; death <= 4; death++) {
            assertThat(fail(BROKEN, death > 1)).as("death %d", death).isEqualTo(death == 4);
            if (death < 4) {
                assertThat(fail(UNREACHABLE, false)).isFalse();
            }
        }
    }

    @Test
    void nothing_is_parked_for_connections_that_break_where_nobody_is_well() throws Exception {
        schedule.offer(List.of("a"), NEWS);
        for (int i = 0; i < 100; i++) {
            assertThat(fail(BROKEN, false)).isFalse();
            assertThat(fail(FAILED, true)).isFalse();
        }
    }

    private boolean fail(Answer.Kind kind, boolean wasWell) throws InterruptedException {
        Turn turn = schedule.next();
        boolean parked = schedule.failed(turn, kind, wasWell);
        schedule.done(turn, false);
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        return parked;
    }

    @Test
    void nothing_is_parked_for_what_the_follower_is_to_blame() throws Exception {
        schedule.offer(List.of("a", "b"), NEWS);
        for (int i = 0; i < 100; i++) {
            Turn turn = schedule.next();
            assertThat(schedule.failed(turn, FAILED, false)).isFalse();
            schedule.done(turn, false);
            now.addAndGet(Duration.ofMinutes(2).toNanos());
        }
        assertThat(schedule.state()).isEqualTo(Schedule.State.FAILING);
    }

    @Test
    void a_follower_that_is_down_gets_one_event_at_a_time_and_those_who_have_not_failed_come_first() throws Exception {
        schedule.offer(List.of("a", "b", "c"), NEWS);
        Turn a = schedule.next();
        schedule.failed(a, UNREACHABLE, false);
        schedule.done(a, false);
        assertThat(schedule.state()).isEqualTo(Schedule.State.UNREACHABLE);
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        Turn b = schedule.next();
        assertThat(b.project).isEqualTo("b");
        CompletableFuture<Turn> next = nextLater();
        assertThat(next).isNotDone();
        schedule.succeeded(b);
        schedule.done(b, false);
        Set<String> rest = new HashSet<>(Set.of(next.get(1, TimeUnit.MINUTES).project));
        rest.add(schedule.next().project);
        assertThat(rest).isEqualTo(Set.of("a", "c"));
        assertThat(schedule.state()).isEqualTo(Schedule.State.UP);
    }

    @Test
    void whoever_does_not_deliver_has_no_turns() throws Exception {
        schedule.offer(List.of("a"), NEWS);
        schedule.setActive(false);
        schedule.offer(List.of("b"), NEWS);
        CompletableFuture<Turn> next = nextLater();
        schedule.setActive(true);
        schedule.offer(List.of("c"), NEWS);
        assertThat(next.get(1, TimeUnit.MINUTES).project).isEqualTo("c");
        schedule.end();
        assertThat(schedule.next()).isNull();
    }

    private void succeed() throws InterruptedException {
        schedule.offer(List.of("fine"), NEWS);
        Turn turn = schedule.next();
        assertThat(turn.project).isEqualTo("fine");
        schedule.succeeded(turn);
        schedule.done(turn, false);
    }

    private CompletableFuture<Turn> nextLater() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return schedule.next();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
