package org.keptnative.e2e.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keptnative.e2e.openapi.Operation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Bodies that a schema allows, and bodies that it does not. */
final class RandomJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;
    private final RandomText text;
    private final Operation operation;

    RandomJson(Random random, Operation operation) {
        this.random = random;
        this.text = new RandomText(random);
        this.operation = operation;
    }

    /** In UTF-8 as a rule. */
    byte[] body(JsonNode schema) {
        JsonNode value = random.nextInt(4) == 0 ? junk(2) : ofSchema(schema, 0);
        for (int i = random.nextInt(3); i > 0; i--) {
            mutate(value);
        }
        String json = value.toString();
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(20)) {
            case 0 -> new byte[0];
            case 1 -> json.substring(0, random.nextInt(json.length() + 1)).getBytes(StandardCharsets.UTF_8);
            case 2 -> (json + text.any()).getBytes(StandardCharsets.UTF_8);
            case 3 -> json.getBytes(StandardCharsets.UTF_16);
            case 4 -> json.getBytes(StandardCharsets.ISO_8859_1);
            case 5 -> ("[".repeat(3000) + json).getBytes(StandardCharsets.UTF_8);
            case 6 -> flipped(utf8);
            default -> utf8;
        };
    }

    private byte[] flipped(byte[] json) {
        json[random.nextInt(json.length)] ^= (byte) (1 << random.nextInt(8));
        return json;
    }

    private JsonNode ofSchema(JsonNode reference, int depth) {
        JsonNode schema = operation.resolved(reference);
        if (schema.has("example") && random.nextInt(3) == 0) {
            return schema.get("example").deepCopy();
        }
        return switch (schema.path("type").asText(schema.has("properties") ? "object" : "")) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "string" -> JSON.textNode(string(schema));
            case "integer" -> JSON.numberNode(random.nextInt(100) - 20);
            case "number" -> JSON.numberNode(random.nextGaussian() * 1e6);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> junk(2);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            if (depth < 6 && random.nextInt(5) > 0) {
                object.set(property.getKey(), ofSchema(property.getValue(), depth + 1));
            }
        });
        if (schema.has("additionalProperties") && random.nextBoolean()) {
            object.set(text.any(), junk(2));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = depth < 6 ? random.nextInt(4) : 0; i > 0; i--) {
            array.add(ofSchema(schema.path("items"), depth + 1));
        }
        return array;
    }

    private String string(JsonNode schema) {
        return switch (random.nextInt(4)) {
            case 0 -> text.any();
            case 1 -> Base64.getEncoder().encodeToString(text.any().getBytes(StandardCharsets.UTF_8));
            case 2 -> schema.path("examples").path(0).asText(text.name());
            default -> text.name();
        };
    }

    private JsonNode junk(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL));
            case 4, 5 -> JSON.textNode(text.any());
            case 6 -> JSON.arrayNode().add(junk(depth - 1)).add(junk(depth - 1));
            default -> JSON.objectNode().set(text.any(), junk(depth - 1));
        };
    }

    /** Puts something else in place of one value, wherever it is. */
    private void mutate(JsonNode root) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        if (containers.isEmpty()) {
            return;
        }
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), junk(2));
        } else if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(3) == 0) {
                object.remove(name);
            } else {
                object.set(name, junk(2));
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
