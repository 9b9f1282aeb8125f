package org.keptnative.configuration.git;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PackTiersTest {

    @ParameterizedTest
    @CsvSource({
        "1,                     1000, 0", // nothing to merge
        "1 2 4 8,               1000, 0", // grows as it should
        "3 3 3 3,               1000, 4",
        "3 3 3 100,             1000, 3", // the large one stays
        "3 3 3 9 30 100 1000,   1000, 5", // what has become too large for its neighbour takes it along
        "3 3 3 9 30 100 1000,     40, 4", // … within the bound
        "30 30 30,                10, 0",
    })
    void the_smallest_packs_are_merged(String counts, long most, int merged) {
        List<Long> sorted = Arrays.stream(counts.split(" ")).map(Long::valueOf).toList();

        assertThat(PackTiers.split(sorted, most)).isEqualTo(merged);
    }
}
