package org.keptnative.api.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.api.error.ApiException;

import java.io.IOException;
import java.util.Map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReceivedEventTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[{},[],{\"\":1e400,\"b\":[-0.0,1.10,12345678901234567890,\"é\\\"\\n\"]},null,true]}",
                "{\"b\":{\"eventContext\":1}}",
                "{\"a\":{\"a\":{\"a\":[[[0]]]}}}"
            })
    void the_data_is_kept_as_it_came(String data) throws IOException {
        ReceivedEvent event = ReceivedEvent.of(("{\"data\":" + data + ",\"type\":\"t\"}").getBytes(UTF_8));
        assertThat(event.data()).asString(UTF_8).isEqualTo(data);
        assertThat(event.text("type")).isEqualTo("t");
        assertThat(ReceivedEvent.of(Map.of("type", "t"), data.getBytes(UTF_8)).data())
                .asString(UTF_8)
                .isEqualTo(data);
    }

    @Test
    void the_context_in_the_data_is_left_out() throws IOException {
        ReceivedEvent event = ReceivedEvent.of(
                "{\"data\":{\"eventContext\":{\"a\":[1]},\"a\":1,\"eventContext\":2}}".getBytes(UTF_8));
        assertThat(event.data()).asString(UTF_8).isEqualTo("{\"a\":1}");
    }

    @Test
    void simple_attributes_that_mean_nothing_are_extensions() throws IOException {
        ReceivedEvent event = ReceivedEvent.of(
                "{\"x1\":\"y\",\"x2\":{\"a\":[]},\"X\":1,\"x3\":7,\"type\":\"t\",\"x4\":null,\"data\":{}}"
                        .getBytes(UTF_8));
        assertThat(event.extensions()).asString(UTF_8).isEqualTo("{\"x1\":\"y\",\"x3\":7,\"x4\":null}");
        assertThat(ReceivedEvent.of(Map.of("x1", "y", "data", "z", "id", "1"), new byte[0])
                        .extensions())
                .asString(UTF_8)
                .isEqualTo("{\"x1\":\"y\"}");
    }

    @Test
    void only_UTF_8_is_read() {
        assertThatThrownBy(() -> ReceivedEvent.of("{\"type\":\"é\"}".getBytes(ISO_8859_1)))
                .isInstanceOf(ApiException.class)
                .hasMessage("the body must be JSON in UTF-8");
    }

    @Test
    void what_is_null_is_not_there() throws IOException {
        ReceivedEvent event = ReceivedEvent.of("{\"type\":null,\"data\":null,\"type\":1}".getBytes(UTF_8));
        assertThat(event.has("data")).isFalse();
        assertThat(event.has("type")).isTrue();
        assertThatThrownBy(() -> event.text("type")).hasMessage("type in body must be a string");
    }
}
