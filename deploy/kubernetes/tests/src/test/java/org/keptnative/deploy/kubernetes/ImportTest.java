package org.keptnative.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.deploy.kubernetes.Manifests.container;
import static org.keptnative.deploy.kubernetes.Manifests.pod;
import static org.keptnative.deploy.kubernetes.Manifests.podLabels;
import static org.keptnative.deploy.kubernetes.Manifests.selects;
import static org.keptnative.deploy.kubernetes.Manifests.stream;

/** The Job that imports an installation of Keptn 0.7. */
class ImportTest {

    private final Manifests manifests =
            Manifests.parse(Command.output("kubectl", "kustomize", "deploy/kubernetes/import"));
    private final Manifests installation = Manifests.ofOverlay("single-node");
    private final JsonNode job = manifests.find("Job", "import");

    @Test
    void itIsLetInByTheTwoThatItTalksToAndByNoPolicyOfOursBound() {
        JsonNode policy = manifests.find("NetworkPolicy", "import");
        for (String service : new String[] {"configuration-service", "mongodb-datastore"}) {
            assertThat(selects(policy.at("/spec/podSelector"), podLabels(installation.workload(service))))
                    .isTrue();
        }
        assertThat(selects(policy.at("/spec/ingress/0/from/0/podSelector"), podLabels(job)))
                .isTrue();
        assertThat(policy.at("/spec/ingress/0/ports/0/port").asInt()).isEqualTo(8080);
        assertThat(installation.ofKind("NetworkPolicy"))
                .noneMatch(ours -> selects(ours.at("/spec/podSelector"), podLabels(job)));
    }

    @Test
    void itRunsTheScriptsInTheImageOfTheGatewayAsRestrictedAsAllOthers() {
        assertThat(container(job).path("image"))
                .isEqualTo(container(installation.workload("api-gateway-nginx")).path("image"));
        JsonNode scripts = manifests
                .ofKind("ConfigMap")
                .filter(map -> map.path("data").has("import"))
                .findFirst()
                .orElseThrow();
        assertThat(scripts.path("data").fieldNames()).toIterable().contains("common.sh", "import", "post-portion");
        assertThat(stream(pod(job).path("volumes"))
                        .map(volume -> volume.at("/configMap/name").asText()))
                .contains(Manifests.nameOf(scripts));
        assertThat(pod(job).at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod(job).at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container(job)
                        .at("/securityContext/allowPrivilegeEscalation")
                        .asBoolean(true))
                .isFalse();
        assertThat(container(job).at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
    }
}
