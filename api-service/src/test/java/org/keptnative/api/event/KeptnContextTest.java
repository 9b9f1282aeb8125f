package org.keptnative.api.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class KeptnContextTest {

    @ParameterizedTest
    @CsvSource({
        "a,61202020-2020-4020-a020-202020202020",
        "my-context,6d792d63-6f6e-4465-b874-202020202020",
        "1234567890123456,31323334-3536-4738-b930-313233343536",
        "1234567890123456789,31323334-3536-4738-b930-313233343536",
    })
    void the_same_text_gives_the_same_uuid(String text, String uuid) {
        assertThat(KeptnContext.of(text)).isEqualTo(uuid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6F2A2A04-2f8b-1b4f-9a35-0a1d3f0f0a55",
                "urn:uuid:6f2a2a04-2f8b-4b4f-9a35-0a1d3f0f0a55",
                "URN:UUID:6f2a2a04-2f8b-4b4f-9a35-0a1d3f0f0a55",
                "{6f2a2a04-2f8b-4b4f-9a35-0a1d3f0f0a55}",
                "6f2a2a042f8b4b4f9a350a1d3f0f0a55",
            })
    void a_uuid_is_kept_as_it_is(String uuid) {
        assertThat(KeptnContext.of(uuid)).isEqualTo(uuid);
    }

    @Test
    void an_event_of_no_context_always_gets_the_same_one() {
        String context = KeptnContext.ofEvent("ci", "1");
        assertThat(UUID.fromString(context).version()).isEqualTo(4);
        assertThat(KeptnContext.ofEvent("ci", "1")).isEqualTo(context);
        assertThat(KeptnContext.ofEvent("ci", "2")).isNotEqualTo(context);
        assertThat(KeptnContext.ofEvent("cd", "1")).isNotEqualTo(context);
    }
}
