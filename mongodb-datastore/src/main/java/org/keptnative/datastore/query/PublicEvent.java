package org.keptnative.datastore.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import org.keptnative.datastore.event.JsonWriter;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An event as anyone may see it: without the websocket token, which is stored only because followers report progress with
 * it.
 */
public final class PublicEvent {

    private static final String HOLDER_OF_WEBSOCKET_TOKEN = "eventContext";
    private static final String NAME_AS_STORED = '"' + HOLDER_OF_WEBSOCKET_TOKEN + '"';

    /** What was stored can be read, whatever its size. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private PublicEvent() {}

    public static String of(String stored) {
        if (!stored.contains(NAME_AS_STORED)) {
            return stored;
        }
        JsonWriter text = new JsonWriter(stored.length());
        try (JsonParser in = JSON.createParser(stored);
                JsonGenerator out = JSON.createGenerator(text)) {
            while (in.nextToken() != null) {
                copy(in, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void copy(JsonParser in, JsonGenerator out) throws IOException {
        switch (in.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                out.writeNumber(in.getTextCharacters(), in.getTextOffset(), in.getTextLength()); // in its exact form
            default -> out.copyCurrentEvent(in);
        }
        if (in.currentToken() == JsonToken.FIELD_NAME && in.currentName().equals(HOLDER_OF_WEBSOCKET_TOKEN)) {
            in.nextToken();
            in.skipChildren();
            out.writeNull();
        }
    }
}
