package org.keptnative.api.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import org.keptnative.api.client.Kubernetes;
import org.keptnative.api.error.ApiException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** The Secret that the Bridge's pods read when they start. */
class SecretStore implements CredentialStore {

    private static final String SECRET = "bridge-credentials";
    private static final String USER = "BASIC_AUTH_USERNAME";
    private static final String PASSWORD = "BASIC_AUTH_PASSWORD";

    private final Kubernetes kubernetes;

    SecretStore(Kubernetes kubernetes) {
        this.kubernetes = kubernetes;
    }

    @Override
    public Uni<Void> save(BridgeCredentials credentials) {
        Map<String, Object> secret = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", SECRET),
                "data",
                Map.of(USER, encode(credentials.user()), PASSWORD, encode(credentials.password())));
        return kubernetes.applySecret(SECRET, secret).chain(this::restartBridge);
    }

    @Override
    public Uni<BridgeCredentials> load() {
        return kubernetes
                .secret(SECRET)
                .map(secret -> new BridgeCredentials(
                        decode(secret, USER, "no username found"), decode(secret, PASSWORD, "no password found")));
    }

    /** As {@code kubectl rollout restart} does; an installation without a Bridge has nothing to restart. */
    private Uni<Void> restartBridge() {
        var annotations =
                Map.of("kubectl.kubernetes.io/restartedAt", Instant.now().toString());
        var change = Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", annotations))));
        return kubernetes
                .patchDeployment("bridge", change)
                .onFailure(failure -> failure instanceof ApiException refusal && refusal.status() == 404)
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(JsonNode secret, String key, String missing) {
        String value = secret.path("data").path(key).asText();
        if (value.isEmpty()) {
            throw ApiException.notFound("Could not read bridge credentials: " + missing);
        }
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
