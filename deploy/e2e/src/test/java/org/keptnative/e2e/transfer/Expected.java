package org.keptnative.e2e.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** What Keptn 0.7.3 answered before it was stopped, and in what an answer of ours may differ from it. */
final class Expected {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> DIFFERENT =
            Set.of("totalCount", "upstream", "shipyard", "metadata", "gitCloneURL");

    private Expected() {}

    static JsonNode of(String file) {
        try (InputStream in = new GZIPInputStream(
                Files.newInputStream(Moves.original().resolve("expectations/" + file + ".json.gz")))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The documented differences in what is shown of projects and files, taken away from both: a list that is null is
     * empty, and there is no member for nothing; {@code shipyard} is the text and always there, where the original had it
     * in base64 and only after a change by PUT; {@code totalCount}, {@code upstream}, {@code gitCloneURL}, and
     * {@code metadata} of a file are added.
     */
    static JsonNode comparable(JsonNode answer) {
        if (answer.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> member : answer.properties()) {
                JsonNode value = comparable(member.getValue());
                boolean isNothing = value.isNull()
                        || value.isEmpty() && value.isContainerNode()
                        || value.asText("x").isEmpty();
                if (!isNothing && !DIFFERENT.contains(member.getKey())) {
                    copy.set(member.getKey(), value);
                }
            }
            return copy;
        }
        if (answer.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            answer.forEach(item -> items.add(comparable(item)));
            return JSON.createArrayNode().addAll(items);
        }
        return answer;
    }

    /** The items of all pages of a list. */
    static List<JsonNode> items(JsonNode pages, String member) {
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode page : pages) {
            for (Iterator<JsonNode> rest = page.path("body").path(member).elements(); rest.hasNext(); ) {
                items.add(rest.next());
            }
        }
        return items;
    }
}
