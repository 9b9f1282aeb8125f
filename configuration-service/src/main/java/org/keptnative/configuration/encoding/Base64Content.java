package org.keptnative.configuration.encoding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import org.keptnative.configuration.error.ApiException;

import java.io.IOException;

/** A file in a JSON body, decoded while it is parsed: a string of its length would take twice the memory. */
@JsonDeserialize(using = Base64Content.Deserializer.class)
public final class Base64Content {

    private final byte[] bytes;

    private Base64Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param field what to call it in an error message
     * @throws ApiException 400, when it was anything else than standard base64 with padding
     */
    public byte[] bytes(String field) {
        if (bytes == null) {
            throw ApiException.badRequest(field + " is not standard base64 with padding");
        }
        return bytes;
    }

    static final class Deserializer extends StdDeserializer<Base64Content> {

        private static final long serialVersionUID = 1;

        Deserializer() {
            super(Base64Content.class);
        }

        @Override
        public Base64Content deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                context.handleUnexpectedToken(String.class, json);
            }
            Base64Decoder decoder = new Base64Decoder();
            json.getText(decoder);
            return new Base64Content(decoder.decoded().orElse(null));
        }
    }
}
