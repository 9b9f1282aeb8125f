package org.keptnative.api.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The events in an answer of the event log. */
final class EventPage {

    private static final Instant NEVER = Instant.MIN;

    private EventPage() {}

    interface Reading<T> {
        /** @param event stands at its beginning */
        T read(JsonParser event) throws IOException;
    }

    /** Of the first event; nothing if there is none. */
    static <T> Optional<T> first(byte[] page, Reading<T> reading) {
        try (JsonParser in = JsonText.parser(page)) {
            return begin(in) ? Optional.of(reading.read(in)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON of the event with the latest time, the first of these; nothing if there is none. */
    static Optional<String> newest(byte[] page) {
        try (JsonParser in = JsonText.parser(page)) {
            Optional<String> newest = Optional.empty();
            Instant latest = NEVER;
            for (boolean more = begin(in); more; more = next(in)) {
                ByteArrayOutputStream json = new ByteArrayOutputStream();
                Instant time = copy(in, json);
                if (newest.isEmpty() || time.isAfter(latest)) {
                    newest = Optional.of(json.toString(UTF_8));
                    latest = time;
                }
            }
            return newest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is one. */
    private static boolean begin(JsonParser in) throws IOException {
        in.nextToken();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean isList = in.currentName().equals("events");
            if (in.nextToken() == JsonToken.START_ARRAY && isList) {
                return next(in);
            }
            in.skipChildren();
        }
        return false;
    }

    private static boolean next(JsonParser in) throws IOException {
        return in.nextToken() == JsonToken.START_OBJECT;
    }

    /** Returns the time of the event. */
    private static Instant copy(JsonParser in, ByteArrayOutputStream json) throws IOException {
        Instant time = NEVER;
        try (JsonGenerator out = JsonText.generator(json)) {
            out.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                out.writeFieldName(name);
                if (in.nextToken() == JsonToken.VALUE_STRING && name.equals("time")) {
                    time = Timestamp.parse(in.getText()).orElse(NEVER);
                }
                JsonText.copy(in, out);
            }
            out.writeEndObject();
        }
        return time;
    }
}
