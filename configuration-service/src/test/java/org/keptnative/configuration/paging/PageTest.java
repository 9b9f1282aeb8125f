package org.keptnative.configuration.paging;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PageTest {

    private static final List<String> ALL = List.of("a", "b", "c");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "-1", "-9223372036854775809", "x", "1x", " 1"})
    void what_is_no_offset_means_the_first_page(String key) {
        assertThat(Page.of("2", key).of(ALL)).isEqualTo(new Page.Slice<>(List.of("a", "b"), "2", 3, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "2147483647", "2147483648", "9223372036854775808", "99999999999999999999999999"})
    void behind_the_end_there_is_nothing(String key) {
        assertThat(Page.of("2", key).of(ALL)).isEqualTo(new Page.Slice<>(List.of(), "0", 3, 2));
    }

    @Test
    void the_last_page_may_be_short() {
        assertThat(Page.of("2", "2").of(ALL)).isEqualTo(new Page.Slice<>(List.of("c"), "0", 3, 2));
    }
}
