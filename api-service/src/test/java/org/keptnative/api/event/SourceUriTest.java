package org.keptnative.api.event;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import static org.assertj.core.api.Assertions.assertThat;

class SourceUriTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/sources.txt", delimiterString = " ~ ", quoteCharacter = '\0')
    void a_source_is_kept_as_the_original_keeps_it(String given, String kept) {
        assertThat(SourceUri.of(given).orElse("-")).isEqualTo(kept);
    }
}
