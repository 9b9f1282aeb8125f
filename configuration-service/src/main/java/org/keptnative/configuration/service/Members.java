package org.keptnative.configuration.service;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Members of a JSON object as text: read far more often than they change, they are written once. They must not come
 * first in their object.
 *
 * @param json each member with a comma before it
 */
@JsonSerialize(using = Members.Serializer.class)
public record Members(@Schema(hidden = true) String json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The members of what becomes a JSON object. */
    static Members of(Object object) {
        try {
            String text = JSON.writeValueAsString(object);
            return new Members(text.equals("{}") ? "" : "," + text.substring(1, text.length() - 1));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes them into the object that has them. */
    static final class Serializer extends JsonSerializer<Members> {

        @Override
        public void serialize(Members members, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeRaw(members.json());
        }

        @Override
        public boolean isUnwrappingSerializer() {
            return true;
        }
    }
}
