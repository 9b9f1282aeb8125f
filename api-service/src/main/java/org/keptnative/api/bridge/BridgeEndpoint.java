package org.keptnative.api.bridge;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.keptnative.api.client.Kubernetes;
import org.keptnative.api.error.ApiException;

import static org.keptnative.api.error.RequestBody.requireMember;
import static org.keptnative.api.error.RequestBody.required;

/** The credentials of the Bridge. */
@Path("/v1/config/bridge")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Installation")
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
    @Operation(
            summary = "Set the credentials of the Bridge",
            description = "Replaces the user and the password one signs in to the Bridge with. In a cluster it replaces"
                    + " the values in the Secret bridge-credentials and restarts the Bridge; elsewhere it replaces a"
                    + " file that only its owner may read.")
    @APIResponse(
            responseCode = "200",
            description = "The credentials are kept",
            content = @Content(schema = @Schema(type = SchemaType.STRING, examples = "")))
    @APIResponse(responseCode = "422", description = "The user or the password is missing")
    public Uni<String> configure(BridgeCredentials credentials) {
        check("user", required(credentials).user());
        check("password", credentials.password());
        return store.save(credentials).replaceWith("\"\"");
    }

    @GET
    @Operation(
            summary = "Get the credentials of the Bridge",
            description = "In clear text, as the Keptn CLI shows them. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The user and the password")
    @APIResponse(responseCode = "404", description = "None are configured")
    public Uni<BridgeCredentials> get() {
        return store.load();
    }

    private static void check(String name, String value) {
        requireMember(name, value);
        if (value.isEmpty()) {
            throw ApiException.badRequest("no " + name + " provided");
        }
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.badRequest(
                    name + " must not be longer than " + LONGEST + " characters, nor contain control characters");
        }
    }
}
