package org.keptnative.datastore.transfer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.event.EventArchive.Archived;
import org.keptnative.datastore.event.Sequence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OriginalLineTest {

    /** The texts on the right are those that encoding/json of Go writes for these doubles. */
    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "2.5, 2.5",
        "-30000000000.0, -30000000000",
        "0.0, 0",
        "-0.0, -0",
        "12.046467731079405, 12.046467731079405",
        "9007199254740993, 9007199254740992",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e300, 1.5e+300",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "0.00000012, 1.2e-7",
    })
    void a_number_is_written_as_the_original_answered_it(String stored, String answered) {
        String canonical =
                "{\"_id\":{\"$oid\":\"6b0a3528aaa83e24cb897620\"},\"n\":{\"$numberDouble\":\"" + stored + "\"}}";
        assertThat(event(canonical)).isEqualTo("{\"n\":" + answered + ",\"id\":\"6b0a3528aaa83e24cb897620\"}");
        assertThat(event("{\"id\":\"a\",\"n\":" + stored + "}")).isEqualTo("{\"id\":\"a\",\"n\":" + answered + "}");
    }

    @Test
    void what_is_no_number_of_json_is_kept_as_text() {
        assertThat(event("{\"id\":\"a\",\"n\":{\"$numberDouble\":\"NaN\"}}")).isEqualTo("{\"id\":\"a\",\"n\":\"NaN\"}");
    }

    @Test
    void structure_and_names_stay_and_tokens_go() {
        String data =
                "{\"a.b\":[{\"$x\":1},{},[null,true]],\"eventContext\":{\"token\":\"secret\"},\"c\":{\"eventContext\":3}}";
        assertThat(event("{\"data\":" + data + ",\"id\":\"a\"}"))
                .isEqualTo("{\"data\":{\"a.b\":[{\"$x\":1},{},[null,true]],\"eventContext\":null,"
                        + "\"c\":{\"eventContext\":null}},\"id\":\"a\"}");
    }

    @Test
    void the_order_of_arrival_is_that_of_the_database() {
        long first =
                read("{\"_id\":{\"$oid\":\"5f0000000000000000000001\"}}").get(0).sequence();
        assertThat(first).isEqualTo(Sequence.at(Instant.ofEpochSecond(0x5f000000L)) + 1);
        List<Archived> lines = read("""
                {"_id":{"$oid":"5f0000000000000000000009"},"id":"1"}
                {"_id":{"$oid":"5f0000000000000000000002"},"id":"2"}

                {"_id":"of another make","id":"3","time":"2020-01-01T00:00:00.000Z"}
                {"_id":{"$oid":"5f0000010000000000000000"},"id":"4"}
                """);
        assertThat(lines).extracting(Archived::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(read("{\"_id\":{\"$oid\":\"ff0000000000000000000001\"}}")
                        .get(0)
                        .sequence())
                .as("of a clock that was ahead")
                .isLessThanOrEqualTo(Sequence.at(Instant.now()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[1]", "{\"a\":1", "{} {}", "{\"a\":1,\"a\":2}", "{\"sequence\":1}", "\"text\""})
    void a_line_that_is_no_document_is_named(String line) {
        byte[] lines = ("{\"id\":\"a\"}\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EventLines.of(lines, 40))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("line 42 is no JSON object");
    }

    private static String event(String line) {
        return new String(read(line).get(0).json(), StandardCharsets.UTF_8);
    }

    private static List<Archived> read(String lines) {
        return EventLines.of(lines.getBytes(StandardCharsets.UTF_8), 0).events();
    }
}
