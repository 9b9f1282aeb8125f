package org.keptnative.configuration.admission;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.error.BodyRefused;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** In a memory that bears ten thousand values. */
class BoundedStreamTest {

    private final MemoryBudget budget = new MemoryBudget(10_000 * BoundedStream.VALUE);
    private final Admission admission = new Admission(budget, 0);

    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],", "0,", "\"\",", "\"a\":0,", "[", "\"\\\\\",", "\"\\\"\",", "\" \",\n"})
    void too_many_values_are_refused(String value) {
        assertThatThrownBy(() -> read(value.repeat(12_000)))
                .isInstanceOf(BodyRefused.class)
                .hasMessageContaining("values");
        admission.release();
        assertThat(budget.take(budget.total())).isTrue();
    }

    @Test
    void too_many_at_once_are_refused_for_now() {
        assertThat(budget.take(5_000 * BoundedStream.VALUE)).isTrue();

        assertThatThrownBy(() -> read("{},".repeat(4_000)))
                .isInstanceOf(BodyRefused.class)
                .hasMessageContaining("try again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{[,:", "\\\"{[,:", "x"})
    void what_stands_in_a_text_is_no_value(String text) throws IOException {
        assertThat(read('"' + text.repeat(100_000) + '"')).isEqualTo(text.length() * 100_000 + 2);
    }

    private int read(String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        return new BoundedStream(new ByteArrayInputStream(bytes), bytes.length, admission).readAllBytes().length;
    }
}
