package org.keptnative.api.event;

import org.keptnative.api.error.ApiException;

import java.util.List;

/**
 * What counts of an event that a client sends, CloudEvents 0.2 or 1.0; the rest of the envelope is replaced.
 *
 * @param id null if the client gave none
 * @param context as given, null if there is none
 * @param triggeredId null if there is none
 * @param extensions a JSON object of the attributes of an event of 1.0 that mean nothing here and are kept
 * @param data a JSON object without {@link ReceivedEvent#EVENT_CONTEXT}
 */
record IncomingEvent(
        String type, String source, String id, String context, String triggeredId, byte[] extensions, byte[] data) {

    static final String DEFAULT_SOURCE = "https://github.com/keptn/keptn/api";
    static final byte[] NO_EXTENSIONS = {'{', '}'};

    private static final int UNPROCESSABLE = 422;
    private static final List<String> REQUIRED = List.of(ReceivedEvent.DATA, "source", "type");
    private static final List<String> REPLACED = List.of("specversion", "contenttype", "datacontenttype");

    /** @throws ApiException 400 or 422 if it is no event */
    static IncomingEvent from(ReceivedEvent event) {
        for (String member : REQUIRED) {
            if (!event.has(member)) {
                throw new ApiException(UNPROCESSABLE, member + " in body is required");
            }
        }
        REPLACED.forEach(event::text);
        checkTime(event.text("time"));
        String type = event.text("type");
        if (type.isEmpty()) {
            throw ApiException.badRequest("type in body must not be empty");
        }
        return new IncomingEvent(
                type,
                SourceUri.of(event.text("source"))
                        .filter(source -> !source.isEmpty())
                        .orElse(DEFAULT_SOURCE),
                given(event.text("id")),
                given(event.text("shkeptncontext")),
                given(event.text("triggeredid")),
                isOfVersion1(event.text("specversion")) ? event.extensions() : NO_EXTENSIONS,
                event.data());
    }

    private static boolean isOfVersion1(String specversion) {
        return specversion != null && specversion.startsWith("1.");
    }

    private static String given(String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static void checkTime(String time) {
        if (time != null && !time.isEmpty() && Timestamp.parse(time).isEmpty()) {
            throw new ApiException(
                    UNPROCESSABLE,
                    "time in body must be of type date-time, for example 2026-01-15T10:00:00.000Z: \"" + time + "\"");
        }
    }
}
