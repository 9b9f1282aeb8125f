package org.keptnative.api.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Objects;

/**
 * What is stored under the id of an event.
 *
 * @param isSame whether it is that event, sent before, and not another one under the same id, as files have that people
 *     change and reuse
 * @param context null if it is another one
 */
record KnownEvent(boolean isSame, String context) {

    private static final KnownEvent OTHER = new KnownEvent(false, null);

    /** @param stored stands at the beginning of the stored event */
    static KnownEvent compare(IncomingEvent event, JsonParser stored) throws IOException {
        String type = null;
        String triggeredId = null;
        String context = null;
        boolean isSameData = false;
        while (stored.nextToken() == JsonToken.FIELD_NAME) {
            String name = stored.currentName();
            stored.nextToken();
            switch (name) {
                case "type" -> type = stored.getValueAsString();
                case "triggeredid" -> triggeredId = stored.getValueAsString();
                case "shkeptncontext" -> context = stored.getValueAsString();
                case ReceivedEvent.DATA -> {
                    isSameData = isSameData(event.data(), stored);
                    if (!isSameData) {
                        return OTHER;
                    }
                }
                default -> stored.skipChildren();
            }
        }
        boolean isSame = isSameData
                && event.type().equals(type)
                && Objects.equals(event.triggeredId(), triggeredId)
                && (event.context() == null || KeptnContext.of(event.context()).equals(context));
        return isSame ? new KnownEvent(true, context) : OTHER;
    }

    /** Ends behind the stored data if it is the same, else somewhere in it. */
    private static boolean isSameData(byte[] given, JsonParser stored) throws IOException {
        if (!stored.hasToken(JsonToken.START_OBJECT)) {
            return false;
        }
        try (JsonParser data = JsonText.parser(given)) {
            data.nextToken();
            while (data.nextToken() == JsonToken.FIELD_NAME) {
                String name = data.currentName();
                data.nextToken();
                if (!name.equals(nextMember(stored)) || !JsonText.areEqual(data, stored)) {
                    return false;
                }
            }
            return nextMember(stored) == null;
        }
    }

    /** Goes to the next member of the data but for the context, which differs each time: it holds the token of the answer. */
    private static String nextMember(JsonParser stored) throws IOException {
        while (stored.nextToken() == JsonToken.FIELD_NAME) {
            String name = stored.currentName();
            stored.nextToken();
            if (!name.equals(ReceivedEvent.EVENT_CONTEXT)) {
                return name;
            }
            stored.skipChildren();
        }
        return null;
    }
}
