package org.keptnative.datastore.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import org.keptnative.datastore.event.EventArchive.Archived;
import org.keptnative.datastore.event.Sequence;
import org.keptnative.datastore.event.Times;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/**
 * A document of an event collection of Keptn 0.7 in MongoDB's Extended JSON, relaxed or canonical: the event with a
 * {@code _id} of the database's, numbers that are doubles, and the token of a websocket that is long closed.
 */
final class OriginalLine {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String DATABASE_ID = "_id";
    private static final String OBJECT_ID = "$oid";
    private static final Set<String> NUMBERS = Set.of("$numberDouble", "$numberInt", "$numberLong", "$numberDecimal");
    private static final String HOLDER_OF_WEBSOCKET_TOKEN = "eventContext";

    private final JsonParser in;
    private final JsonGenerator out;
    private String databaseId = "";
    private String time = "";
    private boolean hasId;

    private OriginalLine(JsonParser in, JsonGenerator out) {
        this.in = in;
        this.out = out;
    }

    /** @throws IOException when it is no JSON object */
    static Archived read(byte[] line) throws IOException {
        ByteArrayOutputStream event = new ByteArrayOutputStream(line.length);
        try (JsonParser in = JSON.createParser(line);
                JsonGenerator out = JSON.createGenerator(event)) {
            OriginalLine original = new OriginalLine(in, out);
            original.copy();
            out.flush();
            return new Archived(event.toByteArray(), original.arrival(), true);
        }
    }

    private void copy() throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("no object");
        }
        out.writeStartObject();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            if (name.equals(DATABASE_ID)) {
                databaseId = databaseId();
                continue;
            }
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                time = name.equals("time") ? in.getText() : time;
                hasId |= name.equals("id") && !in.getText().isEmpty();
            }
            copyMember(name);
        }
        // Found again under the same id, should it be imported again.
        if (!hasId && !databaseId.isEmpty()) {
            out.writeStringField("id", databaseId);
        }
        out.writeEndObject();
        if (in.nextToken() != null) {
            throw new IOException("more than one value");
        }
    }

    private String databaseId() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            return in.getText();
        }
        String id = "";
        if (in.currentToken() == JsonToken.START_OBJECT) {
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean isId = in.currentName().equals(OBJECT_ID);
                in.nextToken();
                id = isId ? in.getText() : id;
                in.skipChildren();
            }
        }
        return id;
    }

    private void copyMember(String name) throws IOException {
        if (name.equals("id")
                && in.currentToken() == JsonToken.VALUE_STRING
                && in.getText().isEmpty()) {
            return;
        }
        out.writeFieldName(name);
        if (name.equals(HOLDER_OF_WEBSOCKET_TOKEN)) {
            in.skipChildren();
            out.writeNull();
        } else {
            copyValue();
        }
    }

    private void copyValue() throws IOException {
        switch (in.currentToken()) {
            case START_OBJECT -> copyObject();
            case START_ARRAY -> {
                out.writeStartArray();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    copyValue();
                }
                out.writeEndArray();
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(OriginalNumber.of(in.getText()));
            default -> out.copyCurrentEvent(in);
        }
    }

    private void copyObject() throws IOException {
        boolean isFirst = true;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            if (isFirst && NUMBERS.contains(name) && in.currentToken() == JsonToken.VALUE_STRING) {
                copyNumber(in.getText());
                return;
            }
            if (isFirst) {
                out.writeStartObject();
                isFirst = false;
            }
            copyMember(name);
        }
        if (isFirst) {
            out.writeStartObject();
        }
        out.writeEndObject();
    }

    private void copyNumber(String text) throws IOException {
        if (in.nextToken() != JsonToken.END_OBJECT) {
            throw new IOException("a number with further members");
        }
        try {
            out.writeNumber(OriginalNumber.of(text));
        } catch (NumberFormatException e) {
            out.writeString(text); // JSON has no word for it
        }
    }

    /**
     * As the database has numbered it: the seconds, and within them the counter of the process that wrote it. What no
     * object id says, the event's own time does. Nothing has arrived later than now.
     */
    private long arrival() {
        long now = Sequence.at(Instant.now());
        long arrival;
        if (databaseId.matches("[0-9a-f]{24}")) {
            long seconds = Long.parseLong(databaseId.substring(0, 8), 16);
            arrival = Sequence.at(Instant.ofEpochSecond(seconds)) + Long.parseLong(databaseId.substring(18), 16);
        } else {
            arrival = Times.parse(time)
                    .filter(sent -> sent.isAfter(Instant.EPOCH) && sent.isBefore(Instant.now()))
                    .map(Sequence::at)
                    .orElse(now);
        }
        return Math.min(arrival, now);
    }
}
