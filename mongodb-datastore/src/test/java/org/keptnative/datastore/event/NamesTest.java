package org.keptnative.datastore.event;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {

    private final Names names = new Names();

    @Test
    void a_name_that_comes_twice_in_an_object_is_repeated() {
        assertThat(areRepeated("a", "b", "c")).isFalse();
        assertThat(areRepeated("a", "b", "a")).isTrue();
        assertThat(areRepeated("Aa", "BB", "")).isFalse();
        assertThat(areRepeated("", "")).isTrue();
    }

    @Test
    void an_object_within_another_has_names_of_its_own() {
        int outer = names.begin();
        names.add("a");
        assertThat(areRepeated("a", "b")).isFalse();
        assertThat(areRepeated("b", "b")).isTrue();
        names.add("b");
        assertThat(names.end(outer)).isFalse();
    }

    @Test
    void a_million_different_names_are_none_twice() {
        int begin = names.begin();
        for (int i = 0; i < 1_000_000; i++) {
            names.add(Integer.toString(i));
        }
        assertThat(names.end(begin)).isFalse();
    }

    private boolean areRepeated(String... some) {
        int begin = names.begin();
        for (String name : some) {
            names.add(name);
        }
        return names.end(begin);
    }
}
