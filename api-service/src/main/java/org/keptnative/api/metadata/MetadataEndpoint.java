package org.keptnative.api.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.keptnative.api.client.Kubernetes;

import java.util.Optional;

/** Tells support what runs here. */
@Path("/v1/metadata")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Installation")
public class MetadataEndpoint {

    private final String keptn;
    private final String version;
    private final Optional<String> namespace;
    private final Optional<String> bridge;
    private final Kubernetes kubernetes;

    MetadataEndpoint(
            @ConfigProperty(name = "keptn.version") String keptn,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "kubernetes.namespace") Optional<String> namespace,
            @ConfigProperty(name = "bridge.version") Optional<String> bridge,
            Kubernetes kubernetes) {
        this.keptn = keptn;
        this.version = version;
        this.namespace = namespace;
        this.bridge = bridge;
        this.kubernetes = kubernetes;
    }

    @GET
    @Operation(
            summary = "Ask which versions run here",
            description = "In a cluster with the version of the Bridge, if there is one. Changes nothing.")
    @APIResponse(responseCode = "200", description = "What is known; the rest is left out")
    public Uni<Metadata> get() {
        return bridgeVersion().map(image -> new Metadata(namespace.orElse(null), "keptn", keptn, version, image));
    }

    /** The configured one, else what the cluster runs, else null. */
    private Uni<String> bridgeVersion() {
        if (bridge.isPresent() || !kubernetes.isPresent()) {
            return Uni.createFrom().item(bridge.orElse(null));
        }
        return kubernetes
                .deployment("bridge")
                .map(MetadataEndpoint::image)
                .onFailure()
                .recoverWithNull();
    }

    private static String image(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0/image").asText().replaceFirst("^keptn/", "");
    }
}
