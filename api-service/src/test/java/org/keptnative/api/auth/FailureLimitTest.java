package org.keptnative.api.auth;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailureLimitTest {

    private static final long NOW = 1_600_000_000_000L;

    private final FailureLimit limit = new FailureLimit(3);

    @Test
    void some_failures_are_forgiven_and_then_one_every_so_often() {
        fail("a", 3, NOW);

        assertThat(limit.waitMillis("a", NOW)).isEqualTo(20_000);
        assertThat(limit.waitMillis("a", NOW + 19_999)).isEqualTo(1);
        assertThat(limit.waitMillis("a", NOW + 20_000)).isZero();

        limit.failed("a", NOW + 20_000);
        assertThat(limit.waitMillis("a", NOW + 20_000)).isEqualTo(20_000);
    }

    @Test
    void a_client_does_not_pay_for_another() {
        fail("a", 3, NOW);
        assertThat(limit.waitMillis("b", NOW)).isZero();
    }

    @Test
    void after_a_minute_all_is_forgiven() {
        fail("a", 3, NOW);
        fail("a", 2, NOW + 60_000);
        assertThat(limit.waitMillis("a", NOW + 60_000)).isZero();
    }

    @Test
    void the_latest_offenders_are_remembered() {
        fail("first", 3, NOW);
        for (int i = 0; i < 10_000; i++) {
            fail("other-" + i, 3, NOW);
        }
        assertThat(limit.waitMillis("first", NOW)).isZero();
        assertThat(limit.waitMillis("other-9999", NOW)).isPositive();
    }

    private void fail(String client, int times, long now) {
        for (int i = 0; i < times; i++) {
            limit.failed(client, now);
        }
    }
}
