package org.keptnative.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The API of the cluster that this service runs in, as far as it is needed: single objects in its own namespace.
 * A client library would be larger than all the rest of the service.
 */
@ApplicationScoped
public class Kubernetes {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String SECRET = "/api/v1/namespaces/{namespace}/secrets/{name}";
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}";

    private final Vertx vertx;
    private final Json json;
    private final KubernetesConfig config;
    private final Optional<Neighbour> apiServer;

    Kubernetes(Vertx vertx, Json json, KubernetesConfig config) {
        this.vertx = vertx;
        this.json = json;
        this.config = config;
        this.apiServer = Files.exists(token())
                ? Optional.of(new Neighbour(vertx, "the Kubernetes API", config.apiServer(), trust()))
                : Optional.empty();
    }

    /** Whether this service runs in a cluster at all; nothing else may be called if it does not. */
    public boolean isPresent() {
        return apiServer.isPresent();
    }

    public Uni<JsonNode> secret(String name) {
        return call(HttpMethod.GET, SECRET, name, null, null);
    }

    /** Creates the Secret or changes those of its values that are given. */
    public Uni<JsonNode> applySecret(String name, Object secret) {
        return call(
                HttpMethod.PATCH,
                SECRET + "?fieldManager=api-service&force=true",
                name,
                "application/apply-patch+yaml",
                secret);
    }

    public Uni<JsonNode> deployment(String name) {
        return call(HttpMethod.GET, DEPLOYMENT, name, null, null);
    }

    public Uni<JsonNode> patchDeployment(String name, Object change) {
        return call(HttpMethod.PATCH, DEPLOYMENT, name, "application/merge-patch+json", change);
    }

    private Uni<JsonNode> call(HttpMethod method, String path, String name, String contentType, Object body) {
        Neighbour neighbour = apiServer.orElseThrow();
        var request = neighbour
                .request(method, neighbour.template(path), TIMEOUT_MILLIS)
                .setTemplateParam("namespace", config.namespace().orElse("default"))
                .setTemplateParam("name", name);
        if (contentType != null) {
            request.putHeader("content-type", contentType);
        }
        // Read each time: the kubelet replaces it now and then.
        return Uni.createFrom()
                .completionStage(
                        () -> vertx.fileSystem().readFile(token().toString()).toCompletionStage())
                .flatMap(token -> neighbour.send(
                        request.bearerTokenAuthentication(token.toString().strip()),
                        body == null ? null : json.write(body)))
                .map(json::read);
    }

    private Path token() {
        return config.serviceAccount().resolve("token");
    }

    private WebClientOptions trust() {
        Path authority = config.serviceAccount().resolve("ca.crt");
        return Files.exists(authority)
                ? new WebClientOptions().setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()))
                : new WebClientOptions();
    }
}
