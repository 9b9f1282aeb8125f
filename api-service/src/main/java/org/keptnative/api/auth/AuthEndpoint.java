package org.keptnative.api.auth;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Answers a client, or the gateway, that asks whether a token is valid; {@link TokenCheck} has done the work. */
@Path("/v1/auth")
@NonBlocking
public class AuthEndpoint {

    @POST
    public Response post() {
        return Response.ok().build();
    }

    @GET
    public Response get() {
        return Response.ok().build();
    }
}
