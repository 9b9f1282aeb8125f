package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.deploy.kubernetes.Manifests.nameOf;
import static org.keptnative.deploy.kubernetes.Manifests.podLabels;
import static org.keptnative.deploy.kubernetes.Manifests.selects;
import static org.keptnative.deploy.kubernetes.Manifests.stream;

/** What the overlays for more than one node add. */
class ProductionTest {

    @Test
    void everyDeploymentIsScaledAndOutlivesTheEmptyingOfANode() {
        Manifests production = Manifests.ofOverlay("production");
        assertThat(production.ofKind("Deployment")).hasSize(3).allSatisfy(deployment -> {
            JsonNode autoscaler = production.find("HorizontalPodAutoscaler", nameOf(deployment));
            assertThat(autoscaler.at("/spec/scaleTargetRef/name").asText()).isEqualTo(nameOf(deployment));
            assertThat(autoscaler.at("/spec/minReplicas").asInt()).isGreaterThan(1);
            assertThat(deployment.path("spec").has("replicas"))
                    .as("an apply must not undo what the autoscaler did")
                    .isFalse();
            assertThat(production.ofKind("PodDisruptionBudget"))
                    .filteredOn(budget -> selects(budget.at("/spec/selector"), podLabels(deployment)))
                    .hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "ingress-nginx-auth"})
    void anIngressEndsTlsAndLeadsToServicesThatExist(String overlay) {
        Manifests manifests = Manifests.ofOverlay(overlay);
        assertThat(manifests.ofKind("Ingress")).isNotEmpty().allSatisfy(ingress -> {
            assertThat(ingress.at("/spec/tls/0/secretName").asText()).isEqualTo("keptn-tls");
            assertThat(stream(ingress.at("/spec/rules/0/http/paths")))
                    .isNotEmpty()
                    .allSatisfy(path -> {
                        JsonNode backend = path.at("/backend/service");
                        JsonNode service =
                                manifests.find("Service", backend.path("name").asText());
                        assertThat(service.at("/spec/ports/0/name")).isEqualTo(backend.at("/port/name"));
                    });
        });
    }
}
