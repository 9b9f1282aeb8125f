package org.keptnative.e2e.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.openapi.Operation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A request for an operation of a document, perhaps a bad one.
 *
 * @param text as it goes over the wire, each character a byte
 */
record RandomRequest(Operation operation, String text) {

    private static final List<String> CONTENT_TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/json",
            "application/json; charset=utf-8",
            "application/cloudevents+json",
            "text/plain",
            "application/json; charset=x",
            "nonsense",
            "");

    /** The same for the same seed. */
    static RandomRequest of(Operation operation, String prefix, String token, long seed) {
        Random random = new Random(seed);
        random.nextInt();
        RandomText texts = new RandomText(random);
        String target = operation.base() + operation.path();
        StringBuilder query = new StringBuilder();
        StringBuilder headers = new StringBuilder();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.get("name").asText();
            String value = value(parameter, random, texts);
            switch (parameter.get("in").asText()) {
                case "path" -> target = target.replace("{" + name + "}", texts.encoded(value));
                case "query" -> {
                    for (int times = random.nextInt(5) == 0 ? random.nextInt(3) : 1; times > 0; times--) {
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(texts.encoded(value));
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        headers.append(name)
                                .append(": ")
                                .append(printable(value))
                                .append("\r\n");
                    }
                }
            }
        }
        byte[] body = body(operation, random);
        if (body != null) {
            headers.append("Content-Length: ").append(body.length).append("\r\n");
            String type = CONTENT_TYPES.get(random.nextInt(CONTENT_TYPES.size()));
            headers.append(type.isEmpty() ? "" : "Content-Type: " + type + "\r\n");
        }
        // Of version 1.0, so that the end of the connection is the end of the answer.
        String text = operation.method() + " " + prefix + target + query + " HTTP/1.0\r\nHost: localhost\r\n"
                + (token == null ? "" : "x-token: " + token + "\r\n") + headers + "\r\n"
                + (body == null ? "" : new String(body, StandardCharsets.ISO_8859_1));
        return new RandomRequest(operation, text);
    }

    /** One for what the examples of the document name; nothing in it is at random. */
    static RandomRequest withoutParameters(Operation operation, String prefix, String token) {
        String text = operation.method() + " " + prefix + operation.target() + " HTTP/1.0\r\nHost: localhost\r\n"
                + (token == null ? "" : "x-token: " + token + "\r\n")
                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        return new RandomRequest(operation, text);
    }

    private static String value(JsonNode parameter, Random random, RandomText texts) {
        return switch (random.nextInt(4)) {
            case 0 -> texts.any();
            case 1 -> parameter.path("example").asText(texts.name());
            case 2 -> parameter.path("schema").has("minimum") ? Integer.toString(random.nextInt(60) - 4) : texts.name();
            default -> texts.name();
        };
    }

    private static byte[] body(Operation operation, Random random) {
        JsonNode content = operation
                .resolved(operation.description().path("requestBody"))
                .path("content")
                .path("application/json");
        if (content.isMissingNode()) {
            return random.nextInt(10) == 0 ? new byte[random.nextInt(100)] : null;
        }
        return random.nextInt(20) == 0 ? null : new RandomJson(random, operation).body(content.path("schema"));
    }

    private static String printable(String value) {
        return value.replaceAll("[^ -~]", "");
    }
}
