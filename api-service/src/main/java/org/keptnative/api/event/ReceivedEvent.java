package org.keptnative.api.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.keptnative.api.error.ApiException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The text of an event, taken apart. */
final class ReceivedEvent {

    static final String DATA = "data";

    /** In the data; it is replaced. */
    static final String EVENT_CONTEXT = "eventContext";

    /** Those that mean something here. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "type",
            "source",
            "time",
            "shkeptncontext",
            "triggeredid",
            "id",
            "specversion",
            "contenttype",
            "datacontenttype",
            "extensions");

    private static final Pattern EXTENSION_NAME = Pattern.compile("[a-z0-9]{1,64}");

    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> present = new HashSet<>();
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private ByteArrayOutputStream data;

    private ReceivedEvent() {}

    /** @throws IOException when it is no JSON */
    static ReceivedEvent of(byte[] body) throws IOException {
        ReceivedEvent event = new ReceivedEvent();
        try (JsonParser in = JsonText.parser(body);
                JsonGenerator out = JsonText.generator(event.extensions)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.badRequest("the body must be an event, a JSON object");
            }
            out.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                event.member(name, in, out, body.length);
            }
            out.writeEndObject();
            requireEnd(in);
        } catch (CharacterCodingException e) {
            throw noUtf8();
        }
        return event;
    }

    /**
     * One in the binary mode of CloudEvents over HTTP: attributes in headers, the data alone in the body.
     *
     * @throws IOException when that is no JSON
     */
    static ReceivedEvent of(Map<String, String> attributes, byte[] body) throws IOException {
        ReceivedEvent event = new ReceivedEvent();
        try (JsonParser in = JsonText.parser(body);
                JsonGenerator out = JsonText.generator(event.extensions)) {
            out.writeStartObject();
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                if (ATTRIBUTES.contains(attribute.getKey())) {
                    event.present.add(attribute.getKey());
                    event.texts.put(attribute.getKey(), attribute.getValue());
                } else if (isExtension(attribute.getKey())) {
                    out.writeStringField(attribute.getKey(), attribute.getValue());
                }
            }
            out.writeEndObject();
            if (in.nextToken() != null) {
                event.member(DATA, in, out, body.length);
                requireEnd(in);
            }
        } catch (CharacterCodingException e) {
            throw noUtf8();
        }
        return event;
    }

    /** Whether it has that member, and not only null. */
    boolean has(String member) {
        return present.contains(member);
    }

    /**
     * The text of an attribute; null when it has none.
     *
     * @throws ApiException 400, when it is something else
     */
    String text(String attribute) {
        String text = texts.get(attribute);
        if (text == null && present.contains(attribute)) {
            throw ApiException.badRequest(attribute + " in body must be a string");
        }
        return text;
    }

    /** A JSON object of the simple attributes that mean nothing here. */
    byte[] extensions() {
        return extensions.toByteArray();
    }

    /**
     * A JSON object: the data but for its {@link #EVENT_CONTEXT}.
     *
     * @throws ApiException 400, when it is something else
     */
    byte[] data() {
        if (data == null) {
            throw ApiException.badRequest("data in body must be a JSON object");
        }
        return data.toByteArray();
    }

    /** @param size how many bytes it may have about */
    private void member(String name, JsonParser in, JsonGenerator unknown, int size) throws IOException {
        JsonToken token = in.currentToken();
        if (name.equals(DATA) || ATTRIBUTES.contains(name)) {
            if (token != JsonToken.VALUE_NULL && !present.add(name)) {
                throw ApiException.badRequest(name + " is in the event twice");
            }
            if (token == JsonToken.VALUE_STRING) {
                texts.put(name, in.getText());
            } else if (token == JsonToken.START_OBJECT && name.equals(DATA)) {
                readData(in, size);
            } else {
                in.skipChildren();
            }
        } else if (token.isScalarValue() && isExtension(name)) {
            unknown.writeFieldName(name);
            JsonText.copy(in, unknown);
        } else {
            in.skipChildren();
        }
    }

    private void readData(JsonParser in, int size) throws IOException {
        data = new ByteArrayOutputStream(size);
        try (JsonGenerator out = JsonText.generator(data)) {
            out.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (name.equals(EVENT_CONTEXT)) {
                    in.skipChildren();
                } else {
                    out.writeFieldName(name);
                    JsonText.copy(in, out);
                }
            }
            out.writeEndObject();
        }
    }

    private static boolean isExtension(String name) {
        return !name.equals(DATA) && EXTENSION_NAME.matcher(name).matches();
    }

    private static void requireEnd(JsonParser in) throws IOException {
        if (in.nextToken() != null) {
            throw ApiException.badRequest("the body must be one JSON value, with nothing after it");
        }
    }

    private static ApiException noUtf8() {
        return ApiException.badRequest("the body must be JSON in UTF-8");
    }
}
