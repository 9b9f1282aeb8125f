package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.deploy.kubernetes.Manifests.container;
import static org.keptnative.deploy.kubernetes.Manifests.nameOf;
import static org.keptnative.deploy.kubernetes.Manifests.pod;
import static org.keptnative.deploy.kubernetes.Manifests.podLabels;
import static org.keptnative.deploy.kubernetes.Manifests.selects;
import static org.keptnative.deploy.kubernetes.Manifests.stream;

/** What the overlays for more than one node add. */
class ProductionTest {

    private final Manifests production = Manifests.ofOverlay("production");

    @Test
    void everyDeploymentIsScaledByWhatItAsksFor() {
        assertThat(production.ofKind("Deployment")).hasSize(4).allSatisfy(deployment -> {
            String name = nameOf(deployment);
            JsonNode autoscaler = production.find("HorizontalPodAutoscaler", name);
            assertThat(autoscaler.at("/spec/scaleTargetRef/kind").asText()).isEqualTo("Deployment");
            assertThat(autoscaler.at("/spec/scaleTargetRef/name").asText()).isEqualTo(name);
            assertThat(autoscaler.at("/spec/minReplicas").asInt()).isEqualTo(name.equals("api-gateway-nginx") ? 2 : 3);
            assertThat(autoscaler.at("/spec/maxReplicas").asInt())
                    .isGreaterThan(autoscaler.at("/spec/minReplicas").asInt());
            assertThat(deployment.path("spec").has("replicas"))
                    .as("an apply must not undo what the autoscaler did")
                    .isFalse();
        });
    }

    @Test
    void everyWorkloadIsSpreadAndOutlivesTheEmptyingOfANode() {
        assertThat(production.workloads()).hasSize(5).allSatisfy(workload -> {
            assertThat(production.ofKind("PodDisruptionBudget"))
                    .filteredOn(budget -> selects(budget.at("/spec/selector"), podLabels(workload)))
                    .hasSize(1)
                    .allMatch(budget -> budget.at("/spec/maxUnavailable").asInt() == 1);
            assertThat(pod(workload)
                            .at("/topologySpreadConstraints/0/whenUnsatisfiable")
                            .asText())
                    .isEqualTo("ScheduleAnyway");
        });
    }

    @Test
    void everyServiceTalksToAllMembersAndWritesToMostOfThem() {
        JsonNode set = production.workload("mongodb");
        assertThat(set.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(production
                        .find("Service", "mongodb")
                        .at("/spec/publishNotReadyAddresses")
                        .asBoolean())
                .isTrue();
        for (String service : new String[] {"api-service", "configuration-service", "mongodb-datastore"}) {
            assertThat(variable(production.workload(service), "MONGODB_CONNECTION_STRING"))
                    .as(service)
                    .contains("mongodb-0.mongodb:27017,mongodb-1.mongodb:27017,mongodb-2.mongodb:27017")
                    .contains("replicaSet=keptn", "w=majority", "retryWrites=true");
        }
    }

    @Test
    void theMembersKnowEachOtherByASecretThatTheScriptMakes() throws IOException {
        JsonNode volume = stream(pod(production.workload("mongodb")).path("volumes"))
                .filter(each -> each.path("name").asText().equals("keyfile"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(Command.ROOT.resolve("deploy/kubernetes/create-secrets")))
                .contains("create " + volume.at("/secret/secretName").asText() + " \"keyfile=");
    }

    @Test
    void theRepositoriesAreInTheDatabase() {
        assertThat(variable(production.workload("configuration-service"), "CONFIGURATION_STORE"))
                .isEqualTo("mongodb");
        assertThat(variable(production.workload("configuration-service"), "QUARKUS_SHUTDOWN_DELAY"))
                .isEqualTo("5S");
    }

    private static String variable(JsonNode workload, String name) {
        return stream(container(workload).path("env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + nameOf(workload)));
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
