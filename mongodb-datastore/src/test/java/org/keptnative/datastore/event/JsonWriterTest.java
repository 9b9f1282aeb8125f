package org.keptnative.datastore.event;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class JsonWriterTest {

    /** H and L stand for the two halves of a pair, bars for where one write ends and the next begins. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ab|cä€; abcä€",
                "aHLb|HL|H|L; aHLbHLHL",
                "HLHL; HLHL",
                "aHb; a\\uD83Db",
                "aLb; a\\uDE00b",
                "aH|b; a\\uD83Db",
                "H|HL|b; \\uD83DHLb",
                "LH||L; \\uDE00HL",
                "HLL; HL\\uDE00",
                "HHHb; \\uD83D\\uD83D\\uD83Db",
            })
    void only_half_a_pair_is_escaped(String writes, String json) throws IOException {
        JsonWriter writer = new JsonWriter(1);
        for (String text : halves(writes).split("\\|", -1)) {
            writer.write(text);
        }
        assertThat(writer).hasToString(halves(json));
    }

    private static String halves(String text) {
        return text.replace('H', '\uD83D').replace('L', '\uDE00');
    }
}
