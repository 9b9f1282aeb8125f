package org.keptnative.api.bridge;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.api.client.Kubernetes;
import org.keptnative.api.error.ApiException;

/** The credentials of the Bridge. */
@Path("/v1/config/bridge")
public class BridgeEndpoint {

    private static final int LONGEST = 1024;

    private final CredentialStore store;

    BridgeEndpoint(
            Kubernetes kubernetes,
            ObjectMapper json,
            @ConfigProperty(name = "bridge.credentials-file") java.nio.file.Path file) {
        store = kubernetes.isPresent() ? new SecretStore(kubernetes) : new FileStore(file, json);
    }

    /** Answered with an empty JSON string, as ever. */
    @POST
    @Consumes({"application/json", "application/cloudevents+json"})
    public Uni<String> configure(@Valid BridgeCredentials credentials) {
        if (credentials == null) {
            throw ApiException.badRequest("the body must be the user and the password");
        }
        check("user", credentials.user());
        check("password", credentials.password());
        return store.save(credentials).replaceWith("\"\"");
    }

    @GET
    public Uni<BridgeCredentials> get() {
        return store.load();
    }

    private static void check(String name, String value) {
        if (value.isEmpty()) {
            throw ApiException.badRequest("no " + name + " provided");
        }
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.badRequest(
                    name + " must not be longer than " + LONGEST + " characters, nor contain control characters");
        }
    }
}
