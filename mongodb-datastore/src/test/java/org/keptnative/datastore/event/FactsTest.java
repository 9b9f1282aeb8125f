package org.keptnative.datastore.event;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keptnative.datastore.Events;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is noted beside an event stays small, whatever is in it, and what events are found by is always noted. */
class FactsTest {

    static Stream<JsonObject> largeEvents() {
        JsonObject manyStrings = new JsonObject();
        JsonArray array = new JsonArray();
        JsonArray same = new JsonArray(Collections.nCopies(100_000, "x"));
        JsonObject deep = JsonObject.of("leaf", "x");
        for (int i = 0; i < 100_000; i++) {
            manyStrings.put("n" + i, "v" + i);
            array.add("v" + i);
        }
        for (int i = 0; i < 300; i++) {
            deep = JsonObject.of("level", deep, "s", "x");
        }
        JsonObject belowLongName = new JsonObject();
        for (int i = 0; i < 10_000; i++) {
            belowLongName.put("n" + i, "v" + i);
        }
        return Stream.of(
                        manyStrings,
                        JsonObject.of("array", array),
                        JsonObject.of("same", same),
                        deep,
                        JsonObject.of("n".repeat(40_000), belowLongName),
                        JsonObject.of("text", "x".repeat(1_000_000)),
                        JsonObject.of("text", "ä".repeat(500_000)))
                .map(odd -> {
                    JsonObject event = Events.event("p");
                    JsonObject data = event.getJsonObject("data");
                    event.put("data", JsonObject.of("odd", odd).mergeIn(data));
                    return event;
                });
    }

    @ParameterizedTest
    @MethodSource("largeEvents")
    void a_large_event_has_few_facts_and_all_that_it_is_listed_by(JsonObject event) {
        CloudEvent parsed = EventParser.one(event.encode().getBytes(StandardCharsets.UTF_8));
        EventDocument document = EventDocument.of(parsed, 1, Set.of());
        assertThat(document.incomplete).isTrue();
        assertThat(document.facts)
                .hasSizeLessThanOrEqualTo(Facts.MOST + Members.ALL.size())
                .contains(Facts.of(Members.PROJECT, "p"), Facts.of(Members.TYPE, Events.TYPE))
                .allSatisfy(fact -> assertThat(fact).hasSizeLessThanOrEqualTo(512));
        assertThat(new JsonObject(document.json)).isEqualTo(event);
    }
}
