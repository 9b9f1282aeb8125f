package org.keptnative.datastore.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import org.bson.Document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** What a stored event says of itself at its top level. */
record EventHead(String source, String id, String type) {

    /** It has been checked when it was stored, with data of any size. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Of a document with a field {@code json}, or {@code head} where that lies in parts. */
    static EventHead of(Document event) {
        Document head = event.get("head", Document.class);
        return head == null
                ? of(event.getString("json"))
                : new EventHead(head.getString("source"), head.getString("id"), head.getString("type"));
    }

    static EventHead of(String json) {
        Map<String, String> strings = new HashMap<>();
        try (JsonParser in = JSON.createParser(json)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                if (in.nextToken() == JsonToken.VALUE_STRING && !name.startsWith("data")) {
                    strings.put(name, in.getText());
                }
                in.skipChildren();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EventHead(
                strings.getOrDefault("source", ""), strings.getOrDefault("id", ""), strings.getOrDefault("type", ""));
    }
}
