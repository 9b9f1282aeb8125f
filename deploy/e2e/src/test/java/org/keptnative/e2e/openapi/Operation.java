package org.keptnative.e2e.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * One operation of a document.
 *
 * @param document in which its references point somewhere
 * @param base where the paths of the document begin at the gateway
 * @param method in upper case
 */
public record Operation(JsonNode document, String base, String method, String path, JsonNode description) {

    private static final String UPSTREAM = "https://git.example.org/sockshop.git";

    /** The path at the gateway, with the examples of its parameters. */
    public String target() {
        String target = base + path;
        for (JsonNode parameter : parameters()) {
            target = target.replace(
                    "{" + parameter.get("name").asText() + "}",
                    encoded(parameter.path("example").asText()));
        }
        return target;
    }

    List<String> parameterNames() {
        return parameters().stream()
                .map(parameter -> parameter.get("name").asText())
                .toList();
    }

    /** The statuses that mean success. */
    List<Integer> successes() {
        return description
                .get("responses")
                .propertyStream()
                .map(response -> response.getKey())
                .filter(status -> status.startsWith("2"))
                .map(Integer::valueOf)
                .toList();
    }

    /**
     * Sends the example exactly as the document has it: every parameter and the body.
     *
     * @param upstream stands for the Git repository of the examples, which is the only thing they take from elsewhere
     */
    Response sendExample(RequestSpecification client, String upstream) {
        for (JsonNode parameter : parameters()) {
            String name = parameter.get("name").asText();
            String example = parameter.path("example").asText();
            String in = parameter.get("in").asText();
            if (in.equals("query") && !example.isEmpty()) {
                client.queryParam(name, encoded(example));
            } else if (in.equals("header") && !example.isEmpty()) {
                client.header(name, example);
            }
        }
        resolved(description.path("requestBody"))
                .path("content")
                .propertyStream()
                .filter(content -> content.getKey().endsWith("json"))
                .findFirst()
                .ifPresent(content -> client.contentType(content.getKey())
                        .body(example(content.getValue()).toString().replace(UPSTREAM, upstream)));
        return client.request(method, target());
    }

    public List<JsonNode> parameters() {
        return StreamSupport.stream(description.path("parameters").spliterator(), false)
                .map(this::resolved)
                .toList();
    }

    private JsonNode example(JsonNode content) {
        if (content.has("examples")) {
            return content.get("examples").elements().next().get("value");
        }
        return content.has("example")
                ? content.get("example")
                : resolved(content.get("schema")).get("example");
    }

    /** The node itself, or what it refers to. */
    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** As the Swagger UI does it. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
