package org.keptnative.datastore.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/** Reads the text of an event that has been stored. */
public final class StoredText {

    /** It has been checked before: nothing in it is repeated, or larger than it may be. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(EventParser.LIMITS)
            .build();

    private StoredText() {}

    /** The event with its time as {@link Times#inMilliseconds} gives it. */
    static String withTimeInMilliseconds(String json) {
        return read(json, in -> {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean isTime = in.currentName().equals(Members.TIME);
                in.nextToken();
                if (isTime) {
                    int begin = (int) in.currentTokenLocation().getCharOffset() + 1;
                    String time = in.getText(); // as it stands there: nothing in a time needs an escape
                    return json.substring(0, begin)
                            + Times.inMilliseconds(time)
                            + json.substring(begin + time.length());
                }
                in.skipChildren();
            }
            return json;
        });
    }

    /** Whether one of these strings stands at that path, see {@link Facts#of}. */
    public static boolean has(String json, String path, Collection<String> anyOf) {
        return read(json, in -> {
            in.nextToken();
            return has(in, List.of(path.split("\\.")), anyOf);
        });
    }

    private static boolean has(JsonParser in, List<String> path, Collection<String> anyOf) throws IOException {
        boolean found = false;
        switch (in.currentToken()) {
            case START_OBJECT -> {
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    boolean leadsThere = !path.isEmpty()
                            && in.currentName().equals(path.get(0))
                            && !in.currentName().equals(EventText.HOLDER_OF_WEBSOCKET_TOKEN);
                    in.nextToken();
                    if (leadsThere) {
                        found |= has(in, path.subList(1, path.size()), anyOf);
                    } else {
                        in.skipChildren();
                    }
                }
            }
            case START_ARRAY -> {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    found |= has(in, path, anyOf);
                }
            }
            case VALUE_STRING -> found = path.isEmpty() && anyOf.contains(in.getText());
            default -> {
                // no string
            }
        }
        return found;
    }

    private interface Reading<T> {
        T from(JsonParser in) throws IOException;
    }

    private static <T> T read(String json, Reading<T> reading) {
        try (JsonParser in = JSON.createParser(json)) {
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
