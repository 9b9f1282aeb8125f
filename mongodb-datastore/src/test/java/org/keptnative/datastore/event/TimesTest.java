package org.keptnative.datastore.event;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TimesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/times.csv", useHeadersInDisplayName = true, quoteCharacter = '\'')
    void there_is_one_grammar_of_times(String text, Instant instant, String shown) {
        assertThat(Times.parse(text)).isEqualTo(Optional.ofNullable(instant));
        if (shown != null) {
            assertThat(Times.inMilliseconds(text)).isEqualTo(shown);
        }
    }
}
