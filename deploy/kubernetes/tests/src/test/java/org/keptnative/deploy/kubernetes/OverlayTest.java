package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.deploy.kubernetes.Manifests.NAME;
import static org.keptnative.deploy.kubernetes.Manifests.container;
import static org.keptnative.deploy.kubernetes.Manifests.nameOf;
import static org.keptnative.deploy.kubernetes.Manifests.pod;
import static org.keptnative.deploy.kubernetes.Manifests.podLabels;
import static org.keptnative.deploy.kubernetes.Manifests.stream;

/** What holds in every overlay. */
@ParameterizedClass
@ValueSource(
        strings = {
            "single-node",
            "single-node-jvm",
            "production",
            "ingress",
            "ingress-nginx-auth",
            "keptn-0.7",
            "keptn-0.7-with-nats"
        })
class OverlayTest {

    private static final List<String> SERVICES = List.of("api-service", "configuration-service", "mongodb-datastore");
    private static final Set<String> FOR_SEVERAL_NODES = Set.of("production", "ingress", "ingress-nginx-auth");
    private static final Set<String> KNOWN_SECRETS = Set.of("keptn-api-token", "mongodb-credentials");

    @Parameter
    String overlay;

    private Manifests manifests;

    @BeforeEach
    void render() {
        manifests = Manifests.ofOverlay(overlay);
    }

    @Test
    void theServicesAnswerUnderTheOriginalsNamesAndPort() {
        for (String name : SERVICES) {
            JsonNode port = manifests.find("Service", name).at("/spec/ports/0");
            assertThat(port.path("port").asInt()).as(name).isEqualTo(8080);
        }
        assertThat(manifests
                        .find("Service", "api-gateway-nginx")
                        .at("/spec/ports/0/port")
                        .asInt())
                .isEqualTo(80);
    }

    @Test
    void everyServiceSelectsOneWorkloadAndAPortItListensOn() {
        assertThat(manifests.ofKind("Service")).allSatisfy(service -> {
            JsonNode selector = service.at("/spec/selector");
            List<JsonNode> selected = manifests
                    .workloads()
                    .filter(workload -> selector.properties().stream()
                            .allMatch(label ->
                                    podLabels(workload).path(label.getKey()).equals(label.getValue())))
                    .toList();
            assertThat(selected).hasSize(1);
            JsonNode target = service.at("/spec/ports/0/targetPort");
            assertThat(stream(container(selected.get(0)).path("ports")))
                    .anyMatch(port -> port.path("name").equals(target)
                            || port.path("containerPort").equals(target));
        });
    }

    @Test
    void everyPodKeepsToPodSecurityRestricted() {
        assertThat(manifests.workloads()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(workload -> {
            assertThat(pod(workload).path("containers")).hasSize(1);
            JsonNode ofPod = pod(workload).path("securityContext");
            assertThat(ofPod.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(ofPod.path("runAsUser").asInt()).isPositive();
            assertThat(ofPod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            JsonNode ofContainer = container(workload).path("securityContext");
            assertThat(ofContainer.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(ofContainer.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(ofContainer.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        });
    }

    @Test
    void everyContainerHasProbesAndItsShareOfTheNode() {
        assertThat(manifests.workloads()).allSatisfy(workload -> {
            JsonNode container = container(workload);
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertThat(container.has(probe)).as(probe).isTrue();
            }
            assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
            assertThat(container.at("/resources/requests/memory").asText()).isNotEmpty();
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        });
    }

    @Test
    void theServicesAreProbedAndMeasuredOnTheManagementPort() {
        for (String name : SERVICES) {
            JsonNode workload = manifests.workload(name);
            for (String probe : List.of("started", "ready", "live")) {
                assertThat(container(workload).findValues("httpGet"))
                        .as(name)
                        .anySatisfy(get -> assertThat(get)
                                .hasToString(
                                        "{\"path\":\"/health/" + probe + "\",\"port\":10999,\"scheme\":\"HTTP\"}"));
            }
            JsonNode annotations = workload.at("/spec/template/metadata/annotations");
            assertThat(annotations.path("prometheus.io/scrape").asText())
                    .as(name)
                    .isEqualTo("true");
            assertThat(annotations.path("prometheus.io/port").asText()).as(name).isEqualTo("10999");
        }
    }

    @Test
    void noRequestIsLostInARollingUpdate() {
        Stream<JsonNode> takingRequests = manifests
                .ofKind("Deployment")
                .filter(deployment -> !nameOf(deployment).equals("keptn-nats-cluster"));
        int expected = FOR_SEVERAL_NODES.contains(overlay) ? 4 : 3;
        assertThat(takingRequests).hasSize(expected).allSatisfy(deployment -> {
            JsonNode unavailable = deployment.at("/spec/strategy/rollingUpdate/maxUnavailable");
            assertThat(unavailable.asText()).isIn("0", "0%");
            int preStop =
                    container(deployment).at("/lifecycle/preStop/sleep/seconds").asInt();
            assertThat(preStop).isPositive();
            assertThat(pod(deployment).path("terminationGracePeriodSeconds").asInt())
                    .isGreaterThan(preStop + 10);
        });
    }

    @Test
    void whatHasAVolumeHasOneWriter() {
        boolean replicaSet = FOR_SEVERAL_NODES.contains(overlay);
        assertThat(manifests.ofKind("StatefulSet").map(Manifests::nameOf))
                .containsExactlyInAnyOrderElementsOf(
                        replicaSet ? List.of("mongodb") : List.of("configuration-service", "mongodb"));
        assertThat(manifests.ofKind("StatefulSet")).allSatisfy(set -> {
            assertThat(set.at("/spec/replicas").asInt(1)).isEqualTo(replicaSet ? 3 : 1);
            assertThat(set.at("/spec/volumeClaimTemplates")).hasSize(1);
        });
        assertThat(manifests.ofKind("Deployment"))
                .allSatisfy(deployment -> assertThat(pod(deployment).findValues("persistentVolumeClaim"))
                        .isEmpty());
    }

    @Test
    void noSecretHasAValueAndNoVariableHoldsOne() {
        assertThat(manifests.ofKind("Secret")).allSatisfy(secret -> {
            assertThat(secret.has("data")).isFalse();
            assertThat(secret.has("stringData")).isFalse();
        });
        assertThat(manifests
                        .workloads()
                        .flatMap(workload -> stream(container(workload).path("env"))))
                .allSatisfy(variable -> {
                    if (variable.path("name").asText().matches(".*(TOKEN|PASSWORD|SECRET|USER).*")
                            && !variable.path("name").asText().equals("MONGO_INITDB_ROOT_USERNAME")) {
                        assertThat(variable.at("/valueFrom/secretKeyRef/name").asText())
                                .isIn(KNOWN_SECRETS);
                    }
                });
    }

    @Test
    void secretsCanBeReadByNameOrInTheirOwnNamespaceOnly() {
        assertThat(manifests.ofKind("ClusterRole")).isEmpty();
        assertThat(manifests.ofKind("Role")).isNotEmpty().allSatisfy(role -> {
            if (role.at("/metadata/namespace").asText().equals("keptn-git-credentials")) {
                assertThat(role.at("/rules")).hasSize(1);
                return;
            }
            assertThat(stream(role.path("rules"))).allSatisfy(rule -> {
                assertThat(rule.path("resourceNames")).isNotEmpty();
                assertThat(stream(rule.path("verbs")).map(JsonNode::asText)).isSubsetOf("get", "update", "patch");
            });
        });
    }

    @Test
    void onlyWhoTalksToTheKubernetesApiHoldsAToken() {
        assertThat(manifests
                        .workloads()
                        .filter(workload -> {
                            String account =
                                    pod(workload).path("serviceAccountName").asText();
                            JsonNode holder =
                                    account.isEmpty() ? pod(workload) : manifests.find("ServiceAccount", account);
                            return holder.path("automountServiceAccountToken").asBoolean(true);
                        })
                        .map(Manifests::nameOf))
                .containsExactlyInAnyOrder("api-service", "configuration-service");
    }

    @Test
    void imagesArePinnedAndOursCarryTheVersionOfTheProduct() {
        String version = System.getProperty("product.version");
        String tag = overlay.endsWith("-jvm") ? version + "-jvm" : version;
        assertThat(manifests.workloads()).allSatisfy(workload -> {
            String image = container(workload).path("image").asText();
            assertThat(image).matches("[a-z.]+/.+:[0-9].*");
            if (SERVICES.contains(nameOf(workload))) {
                assertThat(image).isEqualTo("docker.io/keptn-native/" + nameOf(workload) + ":" + tag);
            }
            assertThat(podLabels(workload).path("app.kubernetes.io/version").asText())
                    .isEqualTo(version);
        });
    }

    @Test
    void everythingIsLabelledAsPartOfTheProduct() {
        assertThat(manifests.objects())
                .allSatisfy(object -> assertThat(object.at("/metadata/labels")
                                .path("app.kubernetes.io/part-of")
                                .asText())
                        .isEqualTo("keptn-native"));
        assertThat(manifests.workloads())
                .allSatisfy(workload ->
                        assertThat(podLabels(workload).path(NAME).asText()).isEqualTo(nameOf(workload)));
    }
}
