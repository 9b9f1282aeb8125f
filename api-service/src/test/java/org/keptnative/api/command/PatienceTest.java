package org.keptnative.api.command;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;
import org.keptnative.api.error.ApiException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A database that hangs holds nobody for longer than he wanted to wait. */
class PatienceTest {

    @Test
    void what_cannot_be_recorded_in_time_is_said_and_goes_on() {
        AtomicBoolean isGivenUp = new AtomicBoolean();
        Uni<Commands.Running> hanging =
                Uni.createFrom().<Commands.Running>nothing().onCancellation().invoke(() -> isGivenUp.set(true));

        assertThatThrownBy(() ->
                        CommandEndpoint.answer(hanging, "wait=1", 201).await().atMost(Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(503))
                .hasMessageContaining("the database does not answer in time");
        assertThat(isGivenUp).isFalse();
    }
}
