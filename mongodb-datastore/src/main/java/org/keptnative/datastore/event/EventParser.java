package org.keptnative.datastore.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String SPEC_VERSION = "specversion";
    private static final String TIME = "time";

    /** What an event gets when its sender left it out. */
    private static final Set<String> COMPLETED = Set.of(Members.ID, Members.SOURCE, SPEC_VERSION, TIME);

    private static final List<String> ATTRIBUTES = List.of(
            Members.ID,
            Members.SOURCE,
            Members.TYPE,
            Members.CONTEXT,
            Members.TRIGGERED_ID,
            SPEC_VERSION,
            TIME,
            "contenttype",
            "datacontenttype");

    private EventParser() {}

    /** The one event in a body. */
    static CloudEvent one(byte[] body) {
        return read(body, in -> {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw badRequest("the body must be one event, a JSON object");
            }
            return event(in);
        });
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
                events.add(event(in));
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
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
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

    private static CloudEvent event(JsonParser in) throws IOException {
        StringWriter json = new StringWriter();
        JsonGenerator out = JSON.createGenerator(json);
        out.writeStartObject();
        EventText text = new EventText(in, out);
        text.copyMembers(COMPLETED);
        check(text);
        text.orWrite(Members.ID, () -> UUID.randomUUID().toString());
        text.orWrite(Members.SOURCE, () -> "");
        text.orWrite(SPEC_VERSION, () -> "0.2");
        text.orWrite(TIME, () -> Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        out.writeEndObject();
        out.close();
        Instant time =
                Times.parse(text.at(TIME)).orElseThrow(() -> badRequest("time must be a date and time as in RFC 3339"));
        return new CloudEvent(HalfPairs.escape(json.toString()), time, text.strings(), text.facts());
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
        if (isMissing(text.member("data")) && isMissing(text.member("data_base64"))) {
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
