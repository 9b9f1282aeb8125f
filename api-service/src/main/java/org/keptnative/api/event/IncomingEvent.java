package org.keptnative.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keptnative.api.error.ApiException;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What counts of an event that a client sends, CloudEvents 0.2 or 1.0; the rest of the envelope is replaced.
 *
 * @param context as given, may be null
 * @param triggeredId null if there is none
 * @param extensions attributes of an event of 1.0 that mean nothing here and are kept
 */
record IncomingEvent(
        String type,
        String source,
        String context,
        String triggeredId,
        Map<String, JsonNode> extensions,
        ObjectNode data) {

    static final String DEFAULT_SOURCE = "https://github.com/keptn/keptn/api";

    private static final int UNPROCESSABLE = 422;
    private static final List<String> REQUIRED = List.of("data", "source", "type");
    private static final List<String> REPLACED = List.of("id", "specversion", "contenttype", "datacontenttype");
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
        String triggeredId = text(event, "triggeredid");
        return new IncomingEvent(
                type,
                source(text(event, "source")),
                text(event, "shkeptncontext"),
                triggeredId == null || triggeredId.isEmpty() ? null : triggeredId,
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
            return given.isEmpty() ? DEFAULT_SOURCE : new URI(given).toString();
        } catch (URISyntaxException e) {
            return DEFAULT_SOURCE;
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
