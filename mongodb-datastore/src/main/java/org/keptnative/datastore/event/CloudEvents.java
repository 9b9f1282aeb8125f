package org.keptnative.datastore.event;

import org.keptnative.datastore.error.ApiException;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells the content modes of CloudEvents over HTTP apart: structured, batch and binary. */
final class CloudEvents {

    private CloudEvents() {}

    static List<Event> read(Map<String, List<String>> headers, byte[] body) {
        String type = mediaType(headers);
        return switch (type) {
            case "application/cloudevents-batch+json" -> EventParser.batch(body);
            case "application/json", "application/cloudevents+json" -> List.of(EventParser.one(body));
            default ->
                throw new ApiException(
                        415,
                        "unsupported media type \"%s\", only [application/json application/cloudevents+json application/cloudevents-batch+json] are allowed"
                                .formatted(type));
        };
    }

    private static String mediaType(Map<String, List<String>> headers) {
        List<String> values = headers.get("Content-Type");
        String value = values == null || values.isEmpty() ? "application/octet-stream" : values.get(0);
        return value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }
}
