package org.keptnative.datastore.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever JSON an event holds is the same after it was parsed, written as a database document and read again. */
class JsonRoundTripTest {

    private static final String ATTRIBUTES = "{\"id\":\"1\",\"source\":\"s\",\"specversion\":\"0.2\",\"type\":\"t\","
            + "\"time\":\"2026-01-01T00:00:00Z\",\"data\":{\"x\":";

    @Property(tries = 1000)
    void every_token_survives(@ForAll("json") String json) throws IOException {
        String event = ATTRIBUTES + json + "}}";
        String stored = EventParser.one(event.getBytes(StandardCharsets.UTF_8)).json();
        RawBsonDocument bytes =
                new RawBsonDocument(new BsonDocument("json", new BsonString(stored)), new BsonDocumentCodec());
        assertThat(tokens(bytes.getString("json").getValue())).isEqualTo(tokens(event));
    }

    @Provide
    Arbitrary<String> json() {
        return Arbitraries.recursive(this::scalars, JsonRoundTripTest::arrayOrObject, 0, 4);
    }

    private static Arbitrary<String> arrayOrObject(Arbitrary<String> values) {
        Arbitrary<String> arrays = values.list().ofMaxSize(3).map(some -> "[" + String.join(" , ", some) + "]");
        Arbitrary<String> objects = Arbitraries.maps(strings(), values)
                .ofMaxSize(3)
                .map(members -> members.entrySet().stream()
                        .map(member -> member.getKey() + ":" + member.getValue())
                        .collect(Collectors.joining(",", "{", "}")));
        return Arbitraries.oneOf(arrays, objects);
    }

    private Arbitrary<String> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "null",
                        "true",
                        "false",
                        "-0",
                        "-0.0",
                        "0.10",
                        "1E400",
                        "-1.5e-400",
                        "1e+2",
                        "\"\\ud800\"",
                        "\"\\/\""),
                strings(),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.bigDecimals().map(String::valueOf));
    }

    /** JSON strings with whatever characters, as they are or escaped; those that databases treat specially often. */
    private static Arbitrary<String> strings() {
        return Arbitraries.oneOf(
                Arbitraries.of("\"$where\"", "\"a.b\"", "\".\"", "\"\"", "\"\\u0000\"", "\"_id\""),
                Arbitraries.strings().ofMaxLength(12).map(JsonRoundTripTest::quoted));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c)) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    /** Numbers and strings as they are written, so that none is the same as another by way of conversion. */
    private static List<String> tokens(String json) throws IOException {
        List<String> tokens = new ArrayList<>();
        try (JsonParser parser = EventParser.JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens.add(token + " " + parser.getText());
            }
        }
        return tokens;
    }
}
