package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.deploy.kubernetes.Manifests.container;
import static org.keptnative.deploy.kubernetes.Manifests.podLabels;
import static org.keptnative.deploy.kubernetes.Manifests.selects;
import static org.keptnative.deploy.kubernetes.Manifests.stream;

/** In the namespace of other services of Keptn 0.7: they find what they look for, and are left alone. */
class KeptnNamespaceTest {

    private final Manifests manifests = Manifests.ofOverlay("keptn-0.7");

    @Test
    void theEventBrokerIsTheDatastore() {
        JsonNode broker = manifests.find("Service", "event-broker");
        assertThat(selects(selector(broker), podLabels(manifests.workload("mongodb-datastore"))))
                .isTrue();
        assertThat(broker.at("/spec/ports/0/port").asInt()).isEqualTo(80);
    }

    @Test
    void theDatastorePublishesOnTheirNats() {
        Map<String, String> environment = stream(
                        container(manifests.workload("mongodb-datastore")).path("env"))
                .filter(variable -> variable.has("value"))
                .collect(toMap(
                        variable -> variable.path("name").asText(),
                        variable -> variable.path("value").asText()));
        assertThat(environment)
                .containsEntry("DATASTORE_FOLLOWERS_BUS_URL", "nats://keptn-nats-cluster:4222")
                .containsEntry("DATASTORE_FOLLOWERS_BUS_TYPES", ">");
    }

    @Test
    void noPolicyNorStandardOfOursBindsTheirPods() {
        JsonNode labels = theirLabels();
        assertThat(manifests.ofKind("NetworkPolicy"))
                .isNotEmpty()
                .noneMatch(policy -> selects(policy.at("/spec/podSelector"), labels));
        assertThat(manifests.find("Namespace", "keptn").at("/metadata/labels").properties().stream()
                        .map(Map.Entry::getKey))
                .noneMatch(label -> label.startsWith("pod-security"));
    }

    @Test
    void withANatsOfItsOwnThereIsOneOfThatName() {
        Manifests withNats = Manifests.ofOverlay("keptn-0.7-with-nats");
        JsonNode nats = withNats.workload("keptn-nats-cluster");
        JsonNode service = withNats.find("Service", "keptn-nats-cluster");
        assertThat(selects(selector(service), podLabels(nats))).isTrue();
        assertThat(service.at("/spec/ports/0/port").asInt()).isEqualTo(4222);
        assertThat(nats.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single-node", "production"})
    void withoutThemThereIsNoBroker(String overlay) {
        Stream<String> services = Manifests.ofOverlay(overlay).ofKind("Service").map(Manifests::nameOf);
        assertThat(services).isNotEmpty().doesNotContain("event-broker");
    }

    private static JsonNode selector(JsonNode service) {
        return JsonNodeFactory.instance.objectNode().set("matchLabels", service.at("/spec/selector"));
    }

    private static JsonNode theirLabels() {
        return JsonNodeFactory.instance.objectNode().put(Manifests.NAME, "lighthouse-service");
    }
}
