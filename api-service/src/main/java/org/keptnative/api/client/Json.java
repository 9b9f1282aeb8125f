package org.keptnative.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Bodies to and from the other services; what they send that is no JSON is their failure. */
@ApplicationScoped
class Json {

    private final ObjectMapper mapper;

    Json(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    Buffer write(Object body) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of one or more values. */
    static Buffer array(List<Buffer> values) {
        Buffer array = Buffer.buffer();
        values.forEach(value ->
                array.appendByte((byte) (array.length() == 0 ? '[' : ',')).appendBuffer(value));
        return array.appendByte((byte) ']');
    }

    JsonNode read(Buffer body) {
        try {
            return mapper.readTree(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
