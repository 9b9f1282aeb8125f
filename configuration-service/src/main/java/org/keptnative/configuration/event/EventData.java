package org.keptnative.configuration.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Map;

/** Reads of the data of an event only what matters here, since all of it may be of any size and shape. */
final class EventData extends JsonDeserializer<JsonNode> {

    /** @param members by their names; whatever has none is a text */
    private record Wanted(Map<String, Wanted> members) {

        static final Wanted TEXT = new Wanted(Map.of());

        static Wanted member(String name, Wanted value) {
            return new Wanted(Map.of(name, value));
        }
    }

    private static final Wanted DATA = new Wanted(Map.of(
            "project", Wanted.TEXT,
            "stage", Wanted.TEXT,
            "service", Wanted.TEXT,
            "image", Wanted.TEXT,
            "tag", Wanted.TEXT,
            "configurationChange", Wanted.member("values", Wanted.member("image", Wanted.TEXT)),
            "remediation", Wanted.member("result", Wanted.member("actionName", Wanted.TEXT))));

    @Override
    public JsonNode deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return read(in, DATA);
    }

    /** @return the wanted members of an object; empty for any other value that is no text */
    private static JsonNode read(JsonParser in, Wanted wanted) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (in.hasToken(JsonToken.VALUE_STRING)) {
            return nodes.textNode(in.getText());
        }
        ObjectNode members = nodes.objectNode();
        if (!in.isExpectedStartObjectToken()) {
            in.skipChildren();
            return members;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            Wanted member = wanted.members.get(in.currentName());
            in.nextToken();
            if (member == null) {
                in.skipChildren();
            } else {
                String name = in.currentName();
                if (members.replace(name, read(in, member)) != null) {
                    throw Envelope.repeated(in);
                }
            }
        }
        return members;
    }
}
