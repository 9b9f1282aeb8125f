package org.keptnative.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keptnative.api.error.ApiException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What counts of an event that a client sends, CloudEvents 0.2 or 1.0; the rest of the envelope is replaced.
 *
 * @param id null if the client gave none
 * @param context as given, null if there is none
 * @param triggeredId null if there is none
 * @param extensions attributes of an event of 1.0 that mean nothing here and are kept
 */
record IncomingEvent(
        String type,
        String source,
        String id,
        String context,
        String triggeredId,
        Map<String, JsonNode> extensions,
        ObjectNode data) {

    static final String DEFAULT_SOURCE = "https://github.com/keptn/keptn/api";

    private static final int UNPROCESSABLE = 422;
    private static final List<String> REQUIRED = List.of("data", "source", "type");
    private static final List<String> REPLACED = List.of("specversion", "contenttype", "datacontenttype");
    private static final Set<String> KNOWN = Set.of(
            "type",
            "source",
            "data",
            "time",
            "shkeptncontext",
            "triggeredid",
            "id",
            "specversion",
            "contenttype",
            "datacontenttype",
            "extensions");
    private static final Pattern EXTENSION_NAME = Pattern.compile("[a-z0-9]{1,64}");

    /** @throws ApiException 400 or 422 if it is no event */
    static IncomingEvent from(JsonNode event) {
        if (event == null || !event.isObject()) {
            throw ApiException.badRequest("the body must be an event, a JSON object");
        }
        for (String attribute : REQUIRED) {
            if (event.path(attribute).isMissingNode() || event.path(attribute).isNull()) {
                throw new ApiException(UNPROCESSABLE, attribute + " in body is required");
            }
        }
        REPLACED.forEach(attribute -> text(event, attribute));
        checkTime(text(event, "time"));
        String type = text(event, "type");
        if (type.isEmpty()) {
            throw ApiException.badRequest("type in body must not be empty");
        }
        if (!(event.get("data") instanceof ObjectNode data)) {
            throw ApiException.badRequest("data in body must be a JSON object");
        }
        return new IncomingEvent(
                type,
                SourceUri.of(text(event, "source"))
                        .filter(source -> !source.isEmpty())
                        .orElse(DEFAULT_SOURCE),
                given(text(event, "id")),
                given(text(event, "shkeptncontext")),
                given(text(event, "triggeredid")),
                extensions(event),
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

    private static Map<String, JsonNode> extensions(JsonNode event) {
        if (!event.path("specversion").asText().startsWith("1.")) {
            return Map.of();
        }
        return event.properties().stream()
                .filter(attribute -> !KNOWN.contains(attribute.getKey())
                        && EXTENSION_NAME.matcher(attribute.getKey()).matches()
                        && attribute.getValue().isValueNode())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
