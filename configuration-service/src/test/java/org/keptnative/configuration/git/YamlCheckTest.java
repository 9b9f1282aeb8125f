package org.keptnative.configuration.git;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class YamlCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "text",
                "stages: [{name: dev}]",
                "a: &x [1, 2.5, 0x1F]\nb: *x",
                "- a\n- {b: [c, {d: e}]}\n",
                "a: 1\n---\nb: ["
            })
    void this_is_yaml(String text) {
        assertThatCode(() -> check(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: b: c", "\t- x", "- [a, {b: c]"})
    void this_is_none(String text) {
        assertThatThrownBy(() -> check("x: y\n" + text)).hasMessageContaining("shipyard is no YAML");
    }

    @Test
    void a_text_that_would_not_be_read_later_is_refused() {
        assertThatThrownBy(() -> check("[" + "[],".repeat(Snapshot.MAX_METADATA / 3) + "[]]"))
                .hasMessage("shipyard must be a file of at most 1048576 bytes");
    }

    @Test
    void one_of_many_values_is_read_to_its_end() {
        String many = "[" + "[],".repeat(300_000);

        assertThatCode(() -> check(many + "]")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(many + "}")).hasMessageContaining("shipyard is no YAML");
    }

    private static void check(String text) {
        YamlCheck.check("shipyard", text.getBytes(UTF_8));
    }
}
