package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The manifests in version control are those the build writes. It writes lists in varying order. */
class GeneratedManifestsTest {

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "configuration-service", "mongodb-datastore"})
    void theyAreUpToDate(String service) throws IOException {
        String path = "deploy/kubernetes/base/generated/" + service + "/kubernetes.yml";

        Manifests built = Manifests.parse(Files.readString(Command.ROOT.resolve(path)));
        Manifests committed = Manifests.parse(Command.output("git", "show", ":" + path));

        assertThat(sorted(committed))
                .as("%s is stale: run `make manifests` and add it to the commit", path)
                .containsExactlyElementsOf(sorted(built).toList());
    }

    private static Stream<JsonNode> sorted(Manifests manifests) {
        return manifests.objects().stream()
                .map(GeneratedManifestsTest::sort)
                .sorted(Comparator.comparing(JsonNode::toString));
    }

    private static JsonNode sort(JsonNode node) {
        node.forEach(GeneratedManifestsTest::sort);
        if (node instanceof ArrayNode array) {
            var elements = Manifests.stream(array)
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .toList();
            array.removeAll().addAll(elements);
        }
        return node;
    }
}
