package org.keptnative.datastore.event;

import com.fasterxml.jackson.core.JsonGenerator;
import org.keptnative.datastore.error.ApiException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads events from an HTTP request in each of the content modes of CloudEvents: structured, batched and binary. */
final class ContentMode {

    private static final String ATTRIBUTE = "ce-";
    private static final String BATCH = "application/cloudevents-batch+json";

    private ContentMode() {}

    static boolean isBatch(String contentType) {
        return mediaType(contentType).equals(BATCH);
    }

    private static String mediaType(String contentType) {
        return contentType == null
                ? "application/octet-stream"
                : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /** @param headers by name, in whatever case */
    static List<CloudEvent> read(String contentType, Map<String, List<String>> headers, byte[] body) {
        String mediaType = mediaType(contentType);
        boolean binary = headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase(ATTRIBUTE + "specversion"));
        return switch (mediaType) {
            case BATCH -> EventParser.batch(body);
            case "application/cloudevents+json" -> List.of(EventParser.one(body));
            case "application/json" -> List.of(EventParser.one(binary ? structured(mediaType, headers, body) : body));
            default -> {
                if (!binary) {
                    throw new ApiException(
                            415,
                            "unsupported media type \"" + mediaType + "\", only [application/json "
                                    + "application/cloudevents+json application/cloudevents-batch+json] are allowed");
                }
                yield List.of(EventParser.one(structured(mediaType, headers, body)));
            }
        };
    }

    /** The event that a request in binary mode means, in structured mode. */
    private static byte[] structured(String mediaType, Map<String, List<String>> headers, byte[] body) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(body.length + 512);
        try (JsonGenerator out = EventParser.JSON.createGenerator(json)) {
            out.writeStartObject();
            for (Map.Entry<String, List<String>> header : headers.entrySet()) {
                String name = header.getKey().toLowerCase(Locale.ROOT);
                if (name.startsWith(ATTRIBUTE)) {
                    out.writeStringField(
                            name.substring(ATTRIBUTE.length()),
                            decoded(header.getValue().get(0)));
                }
            }
            out.writeStringField("datacontenttype", mediaType);
            if (mediaType.equals("application/json") || mediaType.endsWith("+json")) {
                out.writeFieldName("data");
                out.writeRawValue(EventParser.oneValue(body));
            } else if (mediaType.startsWith("text/")) {
                out.writeStringField("data", EventParser.text(body));
            } else {
                out.writeBinaryField("data_base64", body);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.toByteArray();
    }

    /** Header values are percent-encoded. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
