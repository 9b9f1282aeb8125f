package org.keptnative.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keptnative.api.error.ApiException;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * What counts of an event that a client sends, CloudEvents 0.2 or 1.0.
 *
 * @param context as given, may be null
 * @param triggeredId null if there is none
 */
record IncomingEvent(String type, String source, String context, String triggeredId, ObjectNode data) {

    private static final int UNPROCESSABLE = 422;

    /** @throws ApiException 400 or 422 if it is no event */
    static IncomingEvent from(JsonNode event) {
        if (event == null || !event.isObject()) {
            throw ApiException.badRequest("the body must be an event, a JSON object");
        }
        for (String attribute : List.of("data", "source", "type")) {
            if (event.path(attribute).isMissingNode() || event.path(attribute).isNull()) {
                throw new ApiException(UNPROCESSABLE, attribute + " in body is required");
            }
        }
        for (String attribute : List.of("id", "specversion", "contenttype", "datacontenttype")) {
            text(event, attribute);
        }
        checkTime(text(event, "time"));
        String type = text(event, "type");
        if (type.isEmpty()) {
            throw ApiException.badRequest("type in body must not be empty");
        }
        if (!(event.get("data") instanceof ObjectNode data)) {
            throw ApiException.badRequest("data in body must be a JSON object");
        }
        String triggeredId = text(event, "triggeredid");
        return new IncomingEvent(
                type,
                source(text(event, "source")),
                text(event, "shkeptncontext"),
                triggeredId == null || triggeredId.isEmpty() ? null : triggeredId,
                data);
    }

    private static String text(JsonNode event, String attribute) {
        JsonNode value = event.path(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ApiException.badRequest(attribute + " in body must be a string");
        }
        return value.textValue();
    }

    private static void checkTime(String time) {
        try {
            if (time != null && !time.isEmpty()) {
                OffsetDateTime.parse(time);
            }
        } catch (DateTimeParseException e) {
            throw new ApiException(UNPROCESSABLE, "time in body must be of type date-time: \"" + time + "\"");
        }
    }

    private static String source(String given) {
        try {
            return given.isEmpty() ? KeptnEvent.DEFAULT_SOURCE : new URI(given).toString();
        } catch (URISyntaxException e) {
            return KeptnEvent.DEFAULT_SOURCE;
        }
    }
}
