package org.keptnative.datastore.follower;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TypePatternTest {

    @ParameterizedTest
    @CsvSource({
        "sh.keptn.>, sh.keptn.event, true",
        "sh.keptn.>, sh.keptn.event.x, true",
        "sh.keptn.>, sh.keptn, false",
        "sh.keptn.>, sh.keptn., false",
        "sh.keptn.>, shXkeptn.event, false",
        "sh.*.done, sh.keptn.done, true",
        "sh.*.done, sh.a.b.done, false",
        "exact, exact, true",
        "exact, exactly, false",
        ">, anything.at.all, true",
        "a+b, a+b, true",
        "a+b, aab, false"
    })
    void matches_like_a_nats_subject(String pattern, String type, boolean matches) {
        assertThat(TypePattern.of(pattern).matches(type)).isEqualTo(matches);
    }
}
