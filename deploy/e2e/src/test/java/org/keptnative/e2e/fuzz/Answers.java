package org.keptnative.e2e.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.keptnative.e2e.RawRequest;
import org.keptnative.e2e.openapi.Operation;

import java.util.Optional;
import java.util.regex.Pattern;

/** What must be true of every answer. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern INNER_WORDS = Pattern.compile(
            "\\b(java|javax|jakarta|com\\.|org\\.|io\\.)[a-z]*\\.[a-zA-Z.]+|Exception\\b|\\bat line\\b.*\\[Source");

    private Answers() {}

    /** What is wrong with the answer; empty when nothing is. */
    static Optional<String> fault(Operation operation, RawRequest answer) {
        if (!answer.answer().startsWith("HTTP/1.1 ")) {
            return Optional.of("the connection was dropped");
        }
        int status = answer.status();
        if (status >= 500 && !(status == 503 && answer.answer().toLowerCase().contains("\r\nretry-after: "))) {
            return Optional.of("status " + status + " " + answer.body());
        }
        return status >= 400 ? faultOfError(status, answer) : faultOfSuccess(operation, status, answer.body());
    }

    private static Optional<String> faultOfError(int status, RawRequest answer) {
        JsonNode body = parsed(answer.body());
        if (body == null
                || body.path("code").asInt() != status
                || body.path("message").asText().isBlank()) {
            return Optional.of("status " + status + " without the error body: " + answer.body());
        }
        return INNER_WORDS.matcher(body.get("message").asText()).find()
                ? Optional.of("inner words: " + answer.body())
                : Optional.empty();
    }

    /** Each success is documented, with its body. */
    private static Optional<String> faultOfSuccess(Operation operation, int status, String body) {
        JsonNode documented =
                operation.resolved(operation.description().path("responses").path(Integer.toString(status)));
        if (documented.isMissingNode()) {
            return Optional.of("status " + status + " is not documented");
        }
        JsonNode schema = documented.path("content").path("application/json").path("schema");
        if (schema.isMissingNode() || status == 304) {
            return body.isEmpty() ? Optional.empty() : Optional.of("undocumented body of status " + status);
        }
        JsonNode value = parsed(body);
        return value == null
                ? Optional.of("status " + status + " without the documented body")
                : new Schemas(operation).fault(schema, value, "body");
    }

    private static JsonNode parsed(String body) {
        try {
            JsonNode value = JSON.readTree(body);
            return value.isMissingNode() ? null : value;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
