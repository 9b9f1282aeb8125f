package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of a YAML stream, and the questions the tests ask about them. */
record Manifests(List<JsonNode> objects) {

    static final String NAME = "app.kubernetes.io/name";

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    static Manifests parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return new Manifests(
                    documents.readAll().stream().filter(JsonNode::isObject).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As `kubectl apply -k` sends it. */
    static Manifests ofOverlay(String overlay) {
        return RENDERED.computeIfAbsent(
                overlay, name -> parse(Command.output("kubectl", "kustomize", "deploy/kubernetes/overlays/" + name)));
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    JsonNode find(String kind, String name) {
        return ofKind(kind)
                .filter(object -> nameOf(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** Deployments and StatefulSets: what starts pods. */
    Stream<JsonNode> workloads() {
        return objects.stream()
                .filter(object -> WORKLOADS.contains(object.path("kind").asText()));
    }

    JsonNode workload(String name) {
        return workloads()
                .filter(object -> nameOf(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no workload " + name));
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static JsonNode pod(JsonNode workload) {
        return workload.at("/spec/template/spec");
    }

    /** Every pod has one container. */
    static JsonNode container(JsonNode workload) {
        return pod(workload).at("/containers/0");
    }

    static JsonNode podLabels(JsonNode workload) {
        return workload.at("/spec/template/metadata/labels");
    }

    /** Whether a selector with matchLabels and matchExpressions (operators In and NotIn) selects these labels. */
    static boolean selects(JsonNode selector, JsonNode labels) {
        boolean byLabels = selector.path("matchLabels").properties().stream()
                .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
        return byLabels
                && stream(selector.path("matchExpressions")).allMatch(expression -> {
                    JsonNode label = labels.path(expression.path("key").asText());
                    boolean in = stream(expression.path("values")).anyMatch(label::equals);
                    return expression.path("operator").asText().equals("NotIn") != in;
                });
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
