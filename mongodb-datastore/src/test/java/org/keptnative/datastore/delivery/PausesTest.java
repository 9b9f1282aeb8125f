package org.keptnative.datastore.delivery;

import org.junit.jupiter.api.RepeatedTest;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class PausesTest {

    private final Pauses pauses = new Pauses(Duration.ofMillis(200), Duration.ofMinutes(1));

    @RepeatedTest(20)
    void pauses_double_up_to_the_longest_and_vary() {
        assertThat(pauses.after(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(pauses.after(3)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(pauses.after(20)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(pauses.after(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }
}
