package org.keptnative.datastore.delivery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"code\":422,\"message\":\"the type is too long\"} | the type is too long",
                "application/problem+json;charset=utf-8 | {\"message\":\"a\\r\\n\\u001b[31mb\\u0000\"} | a [31mb",
                "Text/Plain | no such\u009b2J\u202e project | no such 2J project",
                "text/html | <h1>Bad Request</h1> | ''",
                "application/json | {\"message\":{\"text\":\"no text\"}} | ''",
                "application/json | {\"message\":\"cut of | ''",
                "application/json | [] | ''",
                "'' | whatever | ''"
            })
    void a_person_can_read_it(String contentType, String body, String text) {
        assertThat(RefusalText.of(contentType, body, "")).isEqualTo(text);
    }

    @Test
    void it_is_short() {
        assertThat(RefusalText.of("text/plain", "a".repeat(4_000), ""))
                .hasSize(301)
                .endsWith("…");
        assertThat(RefusalText.of("text/plain", "a" + "😀".repeat(200), "")).endsWith("😀…");
    }

    @Test
    void it_tells_no_secret() {
        assertThat(RefusalText.of(
                        "text/plain",
                        "user:pa$$ or pa$$ or Basic dXNlcjpwYSQk is wrong, and eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.-_x is no token",
                        "user:pa$$"))
                .isEqualTo("*** or *** or Basic *** is wrong, and *** is no token");
    }
}
