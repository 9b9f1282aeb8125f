package org.keptnative.configuration.history;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventTypeKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh.keptn.events.deployment-finished",
                "$where",
                "$set.$inc",
                "..",
                "%2E",
                "a+b c%",
                "\u0000\u0001\t",
                "größe.日本.\uD83D\uDE00"
            })
    void a_key_has_no_meaning_for_the_database_and_leads_back_to_the_type(String type) {
        String key = EventTypeKey.encode(type);

        assertThat(key).doesNotContain(".", "$", "\u0000");
        assertThat(EventTypeKey.decode(key)).isEqualTo(type);
    }
}
