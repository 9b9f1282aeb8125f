package org.keptnative.datastore.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import static org.keptnative.datastore.error.ApiException.badRequest;

/** Reads events in the JSON format of CloudEvents 0.2 and 1.0; whatever is none is the client's error. */
final class EventParser {

    // A repeated name would mean one thing here and another to the next reader.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What an event gets when its sender left it out. */
    private static final Set<String> COMPLETED = Set.of("id", "source", "specversion", "time");

    private static final List<String> ATTRIBUTES = List.of(
            "id",
            "source",
            "type",
            "specversion",
            "time",
            "shkeptncontext",
            "triggeredid",
            "contenttype",
            "datacontenttype");

    private EventParser() {}

    /** The one event in a body. */
    static Event one(byte[] body) {
        return read(body, in -> {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw badRequest("the body must be one event, a JSON object");
            }
            return event(in);
        });
    }

    /** The events in a body in the JSON batch format. */
    static List<Event> batch(byte[] body) {
        return read(body, in -> {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw badRequest("the body must be a batch of events, a JSON array");
            }
            List<Event> events = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (in.currentToken() != JsonToken.START_OBJECT) {
                    throw badRequest("entry %d of the batch must be an event, a JSON object".formatted(events.size()));
                }
                events.add(event(in));
            }
            return events;
        });
    }

    private interface Reading<T> {
        T from(JsonParser in) throws IOException;
    }

    private static <T> T read(byte[] body, Reading<T> reading) {
        try (JsonParser in = JSON.createParser(body)) {
            T result = reading.from(in);
            if (in.nextToken() != null) {
                throw badRequest("the body must end with its JSON value");
            }
            return result;
        } catch (JsonProcessingException e) {
            throw badRequest("parsing the body failed, because " + e.getOriginalMessage());
        } catch (IOException e) {
            throw badRequest("parsing the body failed, because " + e.getMessage());
        }
    }

    private static Event event(JsonParser in) throws IOException {
        StringWriter json = new StringWriter();
        JsonGenerator out = JSON.createGenerator(json);
        out.writeStartObject();
        EventText text = new EventText(in, out);
        text.copyMembers(COMPLETED);
        check(text);
        String id = text.orWrite("id", () -> UUID.randomUUID().toString());
        String source = text.orWrite("source", () -> "");
        text.orWrite("specversion", () -> "0.2");
        String time = text.orWrite(
                "time", () -> Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        out.writeEndObject();
        out.close();
        return new Event(
                escapeHalfPairs(json.toString()),
                id,
                source,
                text.at("type"),
                Times.parse(time).orElseThrow(() -> badRequest("time must be a date and time as in RFC 3339")),
                text.at("shkeptncontext"),
                text.at("data.project"),
                text.at("data.stage"),
                text.at("data.service"),
                text.at("triggeredid"),
                text.facts());
    }

    private static void check(EventText text) {
        for (String attribute : ATTRIBUTES) {
            JsonToken token = text.member(attribute);
            if (token != null && token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
                throw badRequest(attribute + " must be a string");
            }
        }
        if (text.at("type").isEmpty()) {
            throw badRequest("type is required");
        }
        if (isMissing(text.member("data")) && isMissing(text.member("data_base64"))) {
            throw badRequest("data is required");
        }
        if (text.at("type").equals(Event.PROJECT_DELETED)
                && text.at("data.project").isEmpty()) {
            throw badRequest("data.project is required");
        }
    }

    private static boolean isMissing(JsonToken token) {
        return token == null || token == JsonToken.VALUE_NULL;
    }

    /** Half a surrogate pair is legal in JSON as an escape only: it has no UTF-8. */
    private static String escapeHalfPairs(String json) {
        StringBuilder escaped = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (escaped == null && Character.isSurrogate(c) && !pair) {
                escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
            }
            if (escaped == null) {
                i += pair ? 1 : 0;
            } else if (pair) {
                escaped.append(c).append(json.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                escaped.append("\\u%04X".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped == null ? json : escaped.toString();
    }
}
