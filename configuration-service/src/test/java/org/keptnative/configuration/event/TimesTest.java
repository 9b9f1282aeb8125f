package org.keptnative.configuration.event;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TimesTest {

    /** The vectors are those of the other services. */
    @ParameterizedTest
    @CsvFileSource(resources = "/times.csv", useHeadersInDisplayName = true, quoteCharacter = '\'')
    void there_is_one_grammar_of_times(String text, Instant instant, String shown) {
        assertThat(Times.parse(text)).isEqualTo(Optional.ofNullable(instant));
    }
}
