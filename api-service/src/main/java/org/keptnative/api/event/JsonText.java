package org.keptnative.api.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads and copies JSON value by value: that of events may be of any size and shape, so it never becomes a tree. */
final class JsonText {

    // Names come from outside: none is kept.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonText() {}

    static JsonParser parser(byte[] utf8) throws IOException {
        return JSON.createParser(new InputStreamReader(new ByteArrayInputStream(utf8), UTF_8.newDecoder()));
    }

    static JsonGenerator generator(OutputStream out) throws IOException {
        return JSON.createGenerator(out);
    }

    /** Copies the value that begins with the current token, numbers as they are written. */
    static void copy(JsonParser in, JsonGenerator out) throws IOException {
        int depth = 0;
        for (JsonToken token = in.currentToken(); ; token = in.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token.isNumeric()) {
                out.writeNumber(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
            } else {
                out.copyCurrentEvent(in);
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /** Whether the values that begin with the current tokens are the same, with their members in the same order. */
    static boolean areEqual(JsonParser one, JsonParser other) throws IOException {
        int depth = 0;
        while (isEqualToken(one, other)) {
            depth += one.currentToken().isStructStart() ? 1 : one.currentToken().isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return true;
            }
            one.nextToken();
            other.nextToken();
        }
        return false;
    }

    private static boolean isEqualToken(JsonParser one, JsonParser other) throws IOException {
        JsonToken token = one.currentToken();
        boolean hasText = token == JsonToken.FIELD_NAME || token.isScalarValue();
        return token == other.currentToken() && (!hasText || isEqualText(one, other));
    }

    /** Where it stands: a string of each would take longer than all the rest. */
    private static boolean isEqualText(JsonParser one, JsonParser other) throws IOException {
        char[] text = one.getTextCharacters();
        int begin = one.getTextOffset();
        char[] otherText = other.getTextCharacters();
        int otherBegin = other.getTextOffset();
        return Arrays.equals(
                text, begin, begin + one.getTextLength(), otherText, otherBegin, otherBegin + other.getTextLength());
    }
}
