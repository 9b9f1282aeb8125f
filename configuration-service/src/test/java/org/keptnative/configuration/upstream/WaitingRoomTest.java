package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.Publication.Turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WaitingRoomTest {

    private final WaitingRoom room = new WaitingRoom();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> calls = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        over.countDown();
        for (Thread call : calls) {
            call.join();
        }
    }

    @Test
    void many_who_wait_for_some_upstreams_leave_places_for_others() {
        for (int i = 0; i < 50; i++) {
            UpstreamHealth hanging = new UpstreamHealth();
            assertThat(enterAll(hanging, 10)).isPositive();
        }

        assertThat(enterAll(new UpstreamHealth(), 1)).isEqualTo(1);
    }

    @Test
    void one_alone_has_no_more_than_its_share() {
        assertThat(enterAll(new UpstreamHealth(), 200)).isBetween(16, 40);
    }

    @Test
    void who_waits_for_upstreams_that_take_long_is_in_nobodys_way() {
        UpstreamHealth healthy = new UpstreamHealth();
        int alone = enterAll(new UpstreamHealth(), 200);
        List<UpstreamHealth> hanging = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            UpstreamHealth one = new UpstreamHealth();
            hang(one);
            enterAll(one, 10);
            hanging.add(one);
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> hanging.stream().allMatch(UpstreamHealth::isLate));

        assertThat(enterAll(healthy, 200)).isGreaterThanOrEqualTo(alone / 2).isPositive();
    }

    @Test
    void nobody_waits_beside_one_that_waits_for_a_silent_upstream() {
        UpstreamHealth silent = new UpstreamHealth();
        hang(silent);
        room.enter(silent);
        await().atMost(Duration.ofSeconds(20)).until(silent::isSlow);

        assertThatThrownBy(() -> room.enter(silent))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UPSTREAM_SILENT));
    }

    @Test
    void a_place_that_is_left_is_free() {
        UpstreamHealth upstream = new UpstreamHealth();
        List<Turn> turns = new ArrayList<>();
        for (Optional<Turn> turn; (turn = room.tryEnter(upstream)).isPresent(); ) {
            turns.add(turn.get());
        }
        assertThatThrownBy(() -> room.enter(upstream))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("nothing was changed");

        turns.get(0).close();

        room.enter(upstream);
    }

    private int enterAll(UpstreamHealth upstream, int requests) {
        int entered = 0;
        for (int i = 0; i < requests; i++) {
            entered += room.tryEnter(upstream).isPresent() ? 1 : 0;
        }
        return entered;
    }

    private void hang(UpstreamHealth upstream) {
        Thread call = new Thread(() -> upstream.call(() -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        }));
        calls.add(call);
        call.start();
    }
}
