package org.keptnative.datastore.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.error.JsonErrors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.keptnative.datastore.error.ApiException.badRequest;

/** Reads events in the JSON format of CloudEvents 0.2 and 1.0; whatever is none is the client's error. */
final class EventParser {

    /** A body has a largest size, which bounds names and strings too. */
    static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    // Names come from outside: none is kept.
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(LIMITS)
            .build();

    private static final String SPEC_VERSION = "specversion";

    /** What an event gets when its sender left it out. */
    private static final Set<String> COMPLETED = Set.of(Members.ID, Members.SOURCE, SPEC_VERSION, Members.TIME);

    private static final List<String> ATTRIBUTES = List.of(
            Members.ID,
            Members.SOURCE,
            Members.TYPE,
            Members.CONTEXT,
            Members.TRIGGERED_ID,
            SPEC_VERSION,
            Members.TIME,
            "contenttype",
            "datacontenttype");

    private static final Set<String> DATA = Set.of("data", "data_base64");
    private static final Set<String> NOTED =
            Stream.concat(ATTRIBUTES.stream(), DATA.stream()).collect(Collectors.toUnmodifiableSet());

    private static final int MOST_IN_BATCH = 1000;

    /** Of a small event in a batch, in bytes. */
    private static final int SMALLEST = 64;

    /** What a small event in a batch takes of the memory, as a body of that size. */
    private static final int WEIGHT = 1024;

    private EventParser() {}

    /** The one event in a body. */
    static CloudEvent one(byte[] body) {
        return read(body, in -> {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw badRequest("the body must be one event, a JSON object");
            }
            return event(in, body.length);
        });
    }

    /** What small events in a batch of that size may take of the memory beside their text, as a body of the size returned. */
    static int weight(int batchSize) {
        return Math.min(MOST_IN_BATCH, batchSize / SMALLEST) * WEIGHT;
    }

    /** The events in a body in the JSON batch format. */
    static List<CloudEvent> batch(byte[] body) {
        return read(body, in -> {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw badRequest("the body must be a batch of events, a JSON array");
            }
            List<CloudEvent> events = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (in.currentToken() != JsonToken.START_OBJECT) {
                    throw badRequest("entry %d of the batch must be an event, a JSON object".formatted(events.size()));
                }
                if (events.size() == MOST_IN_BATCH) {
                    throw new ApiException(413, "the batch has more than " + MOST_IN_BATCH + " events");
                }
                events.add(event(in, 1024));
            }
            return events;
        });
    }

    /** The text of a body that must be a JSON value. */
    static String oneValue(byte[] body) {
        return read(body, in -> {
            if (in.nextToken() == null) {
                throw badRequest("data is required");
            }
            in.skipChildren();
            return text(body);
        });
    }

    /** The text of a body that must be UTF-8. */
    static String text(byte[] body) {
        return characters(body).toString();
    }

    private static CharBuffer characters(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw badRequest("the body is no UTF-8");
        }
    }

    private interface Reading<T> {
        T from(JsonParser in) throws IOException;
    }

    private static <T> T read(byte[] body, Reading<T> reading) {
        CharBuffer text = characters(body);
        try (JsonParser in = JSON.createParser(text.array(), 0, text.length())) {
            T result = reading.from(in);
            if (in.nextToken() != null) {
                throw badRequest("the body must end with its JSON value");
            }
            return result;
        } catch (JsonProcessingException e) {
            throw badRequest(JsonErrors.message(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param size how long it may be about */
    private static CloudEvent event(JsonParser in, int size) throws IOException {
        JsonWriter json = new JsonWriter(size);
        JsonGenerator out = JSON.createGenerator(json);
        out.writeStartObject();
        EventText text = new EventText(in, out, NOTED);
        text.copyMembers(COMPLETED);
        check(text);
        text.orWrite(Members.ID, () -> UUID.randomUUID().toString());
        text.orWrite(Members.SOURCE, () -> "");
        text.orWrite(SPEC_VERSION, () -> "0.2");
        text.orWrite(
                Members.TIME, () -> Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        out.writeEndObject();
        out.close();
        Instant time = Times.parse(text.at(Members.TIME))
                .orElseThrow(() -> badRequest(
                        "time must be a date and time as in RFC 3339, for example 2026-01-01T12:00:00.000Z"));
        return CloudEvent.of(json.toString(), time, text.strings(), text.facts());
    }

    private static void check(EventText text) {
        for (String attribute : ATTRIBUTES) {
            JsonToken token = text.member(attribute);
            if (token != null && token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
                throw badRequest(attribute + " must be a string");
            }
        }
        if (text.at(Members.TYPE).isEmpty()) {
            throw badRequest("type is required");
        }
        if (DATA.stream().allMatch(name -> isMissing(text.member(name)))) {
            throw badRequest("data is required");
        }
        if (text.at(Members.TYPE).equals(CloudEvent.PROJECT_DELETED)
                && text.at(Members.PROJECT).isEmpty()) {
            throw badRequest("data.project is required");
        }
    }

    private static boolean isMissing(JsonToken token) {
        return token == null || token == JsonToken.VALUE_NULL;
    }
}
