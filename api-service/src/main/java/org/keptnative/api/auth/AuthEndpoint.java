package org.keptnative.api.auth;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers a client, or the gateway, that asks whether a token is valid; {@link TokenCheck} has done the work. */
@Path("/v1/auth")
@NonBlocking
@Tag(name = "Installation")
public class AuthEndpoint {

    @POST
    @Operation(
            summary = "Check the token",
            description = "Does nothing but tell whether the token in x-token is valid. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The token is valid")
    public Response post() {
        return Response.ok().build();
    }

    @GET
    @Operation(summary = "Check the token", description = "As POST does. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The token is valid")
    public Response get() {
        return Response.ok().build();
    }
}
