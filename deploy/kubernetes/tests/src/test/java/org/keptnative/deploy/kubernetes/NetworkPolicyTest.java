package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.deploy.kubernetes.Manifests.nameOf;
import static org.keptnative.deploy.kubernetes.Manifests.podLabels;
import static org.keptnative.deploy.kubernetes.Manifests.selects;
import static org.keptnative.deploy.kubernetes.Manifests.stream;

/** Who reaches whom, worked out from the policies as a network plugin would. */
class NetworkPolicyTest {

    private static final Map<String, Integer> PORTS = Map.of(
            "api-gateway-nginx", 8080,
            "api-service", 8080,
            "configuration-service", 8080,
            "mongodb-datastore", 8080,
            "mongodb", 27017,
            "keptn-nats-cluster", 4222,
            "nats-of-keptn", 4222,
            "lighthouse-service", 8080);

    private static final Map<String, Set<String>> AMONG_US = Map.of(
            "api-gateway-nginx", Set.of("api-service", "configuration-service", "mongodb-datastore"),
            "api-service", Set.of("configuration-service", "mongodb", "mongodb-datastore"),
            "configuration-service", Set.of("mongodb", "mongodb-datastore"),
            "mongodb-datastore", Set.of("configuration-service", "mongodb"),
            "mongodb", Set.of());

    /** Labelled as two ways to install them do it. */
    private static final String SERVICES_OF_KEPTN = """
            metadata: {name: lighthouse-service}
            spec: {template: {metadata: {labels: {app.kubernetes.io/name: lighthouse-service, app.kubernetes.io/part-of: keptn-keptn}}}}
            ---
            metadata: {name: nats-of-keptn}
            spec: {template: {metadata: {labels: {run: nats}}}}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"single-node", "production"})
    void aPodReachesWhatItNeedsAndNothingElse(String overlay) {
        Manifests manifests = Manifests.ofOverlay(overlay);

        assertThat(reached(manifests, manifests.workloads().toList())).isEqualTo(AMONG_US);
    }

    @ParameterizedTest
    @CsvSource({"single-node, false", "production, true"})
    void aMemberReachesAnotherWhereThereAreSeveral(String overlay, boolean reached) {
        Manifests manifests = Manifests.ofOverlay(overlay);
        JsonNode mongodb = manifests.workload("mongodb");

        assertThat(mayLeave(manifests, mongodb, mongodb) && mayEnter(manifests, mongodb, mongodb))
                .isEqualTo(reached);
    }

    @Test
    void aServiceOfKeptnReachesTheThreeAndIsReachedByTheDatastoreOnThePortOfNatsOnly() {
        Manifests manifests = Manifests.ofOverlay("keptn-0.7");
        List<JsonNode> pods = new ArrayList<>(manifests.workloads().toList());
        pods.addAll(Manifests.parse(SERVICES_OF_KEPTN).objects());

        Map<String, Set<String>> expected = new TreeMap<>(AMONG_US);
        expected.put("mongodb-datastore", Set.of("configuration-service", "mongodb", "nats-of-keptn"));
        Set<String> three = Set.of("api-gateway-nginx", "api-service", "configuration-service", "mongodb-datastore");
        expected.put("lighthouse-service", union(three, "nats-of-keptn"));
        expected.put("nats-of-keptn", union(three, "lighthouse-service"));
        assertThat(reached(manifests, pods)).isEqualTo(expected);
    }

    @Test
    void theNatsOfItsOwnIsReachedByAllWhoTellAndListen() {
        Manifests manifests = Manifests.ofOverlay("keptn-0.7-with-nats");
        List<JsonNode> pods = new ArrayList<>(manifests.workloads().toList());
        pods.addAll(Manifests.parse(SERVICES_OF_KEPTN).objects());

        Map<String, Set<String>> reached = reached(manifests, pods);

        assertThat(reached.get("mongodb-datastore")).contains("keptn-nats-cluster");
        assertThat(reached.get("lighthouse-service")).contains("keptn-nats-cluster");
        assertThat(reached.get("keptn-nats-cluster")).isEmpty();
        assertThat(reached.get("configuration-service")).doesNotContain("keptn-nats-cluster");
    }

    @Test
    void whatIsNotNamedIsDeniedToEachOfOurPodsAndToNoOther() {
        Manifests manifests = Manifests.ofOverlay("single-node");
        JsonNode deny = manifests.find("NetworkPolicy", "deny-all");
        assertThat(manifests.workloads()).allMatch(workload -> selects(selectorOf(deny), podLabels(workload)));
        assertThat(Manifests.parse(SERVICES_OF_KEPTN).objects())
                .noneMatch(stranger -> selects(selectorOf(deny), podLabels(stranger)));
        assertThat(stream(deny.at("/spec/policyTypes")).map(JsonNode::asText)).containsExactly("Ingress", "Egress");
        assertThat(deny.path("spec").has("ingress")).isFalse();
        assertThat(deny.path("spec").has("egress")).isFalse();
    }

    private static Map<String, Set<String>> reached(Manifests manifests, List<JsonNode> pods) {
        Map<String, Set<String>> reached = new TreeMap<>();
        for (JsonNode from : pods) {
            reached.put(
                    nameOf(from),
                    pods.stream()
                            .filter(to -> to != from && mayLeave(manifests, from, to) && mayEnter(manifests, from, to))
                            .map(Manifests::nameOf)
                            .collect(toSet()));
        }
        return reached;
    }

    private static Set<String> union(Set<String> names, String name) {
        Set<String> all = new TreeSet<>(names);
        all.add(name);
        return all;
    }

    private static boolean mayEnter(Manifests manifests, JsonNode from, JsonNode to) {
        return allows(manifests, "ingress", "from", to, from, PORTS.get(nameOf(to)));
    }

    private static boolean mayLeave(Manifests manifests, JsonNode from, JsonNode to) {
        return allows(manifests, "egress", "to", from, to, PORTS.get(nameOf(to)));
    }

    /** A pod that no policy selects for a direction is free in it. */
    private static boolean allows(
            Manifests manifests, String direction, String peers, JsonNode subject, JsonNode other, int port) {
        List<JsonNode> policies = manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> stream(policy.at("/spec/policyTypes"))
                        .anyMatch(type -> type.asText().equalsIgnoreCase(direction)))
                .filter(policy -> selects(selectorOf(policy), podLabels(subject)))
                .toList();
        return policies.isEmpty()
                || policies.stream()
                        .flatMap(policy -> stream(policy.at("/spec/" + direction)))
                        .filter(rule -> stream(rule.path("ports"))
                                .anyMatch(allowed -> allowed.path("port").asInt() == port))
                        .anyMatch(rule -> !rule.has(peers)
                                || stream(rule.path(peers))
                                        .anyMatch(peer -> !peer.has("namespaceSelector")
                                                && selects(peer.path("podSelector"), podLabels(other))));
    }

    private static JsonNode selectorOf(JsonNode policy) {
        return policy.at("/spec/podSelector");
    }
}
