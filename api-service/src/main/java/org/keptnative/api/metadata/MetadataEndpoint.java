package org.keptnative.api.metadata;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.Optional;

/** Tells support what runs here. */
@Path("/v1/metadata")
public class MetadataEndpoint {

    private final String version;
    private final Optional<String> namespace;

    MetadataEndpoint(
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "metadata.namespace") Optional<String> namespace) {
        this.version = version;
        this.namespace = namespace;
    }

    @GET
    public Uni<Metadata> get() {
        return Uni.createFrom().item(new Metadata(namespace.orElse(null), "keptn", version, null));
    }
}
