package org.keptnative.e2e.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.openapi.Operation;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether values are what the schemas of a document say, as far as the documents here say it. */
record Schemas(Operation operation) {

    private static final Map<String, Predicate<JsonNode>> TYPES = Map.of(
            "object", JsonNode::isObject,
            "array", JsonNode::isArray,
            "string", JsonNode::isTextual,
            "integer", JsonNode::isIntegralNumber,
            "number", JsonNode::isNumber,
            "boolean", JsonNode::isBoolean);

    Optional<String> fault(JsonNode reference, JsonNode value, String path) {
        JsonNode schema = operation.resolved(reference);
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return Optional.empty();
        }
        String type = schema.path("type").asText();
        if (!type.isEmpty() && !TYPES.get(type).test(value)) {
            return Optional.of(path + " is no " + type);
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                return Optional.of(path + " lacks " + required.asText());
            }
        }
        return Stream.concat(
                        schema.path("properties")
                                .propertyStream()
                                .filter(property -> value.has(property.getKey()))
                                .flatMap(property -> fault(
                                        property.getValue(),
                                        value.get(property.getKey()),
                                        path + "." + property.getKey())
                                        .stream()),
                        value.isArray() && schema.has("items")
                                ? value.valueStream()
                                        .flatMap(item -> fault(schema.get("items"), item, path + "[]").stream())
                                : Stream.empty())
                .findFirst();
    }
}
