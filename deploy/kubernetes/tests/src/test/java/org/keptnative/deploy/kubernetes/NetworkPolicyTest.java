package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
            "mongodb", 27017);

    @ParameterizedTest
    @ValueSource(strings = {"single-node", "production"})
    void aPodReachesWhatItNeedsAndNothingElse(String overlay) {
        Manifests manifests = Manifests.ofOverlay(overlay);

        Map<String, Set<String>> reached = new TreeMap<>();
        manifests.workloads().forEach(from -> {
            Set<String> targets = reached.computeIfAbsent(nameOf(from), name -> new TreeSet<>());
            manifests
                    .workloads()
                    .filter(to -> to != from && mayLeave(manifests, from, to) && mayEnter(manifests, from, to))
                    .forEach(to -> targets.add(nameOf(to)));
        });

        assertThat(reached)
                .isEqualTo(Map.of(
                        "api-gateway-nginx", Set.of("api-service", "configuration-service", "mongodb-datastore"),
                        "api-service", Set.of("configuration-service", "mongodb-datastore"),
                        "configuration-service", Set.of("mongodb", "mongodb-datastore"),
                        "mongodb-datastore", Set.of("configuration-service", "mongodb"),
                        "mongodb", Set.of()));
    }

    @Test
    void whatIsNotNamedIsDenied() {
        JsonNode deny = Manifests.ofOverlay("single-node").find("NetworkPolicy", "deny-all");
        assertThat(deny.at("/spec/podSelector")).isEmpty();
        assertThat(stream(deny.at("/spec/policyTypes")).map(JsonNode::asText)).containsExactly("Ingress", "Egress");
        assertThat(deny.path("spec").has("ingress")).isFalse();
        assertThat(deny.path("spec").has("egress")).isFalse();
    }

    private static boolean mayEnter(Manifests manifests, JsonNode from, JsonNode to) {
        return allows(manifests, "ingress", "from", to, from, PORTS.get(nameOf(to)));
    }

    private static boolean mayLeave(Manifests manifests, JsonNode from, JsonNode to) {
        return allows(manifests, "egress", "to", from, to, PORTS.get(nameOf(to)));
    }

    private static boolean allows(
            Manifests manifests, String direction, String peers, JsonNode subject, JsonNode other, int port) {
        return manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> selects(policy.at("/spec/podSelector"), podLabels(subject)))
                .flatMap(policy -> stream(policy.at("/spec/" + direction)))
                .filter(rule -> stream(rule.path("ports"))
                        .anyMatch(allowed -> allowed.path("port").asInt() == port))
                .anyMatch(rule -> !rule.has(peers)
                        || stream(rule.path(peers))
                                .anyMatch(peer -> !peer.has("namespaceSelector")
                                        && selects(peer.path("podSelector"), podLabels(other))));
    }
}
