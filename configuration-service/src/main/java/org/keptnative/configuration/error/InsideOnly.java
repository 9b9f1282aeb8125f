package org.keptnative.configuration.error;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Whole projects and their credentials are moved by those who run the installation, not by all who have its token: what
 * comes through the gateway, which says who the client is, is refused.
 */
class InsideOnly {

    private static final String CLIENT = "X-Real-IP";
    private static final String MOVING = "/v1/transfer/";

    @ServerRequestFilter
    void refuseStrangers(ContainerRequestContext request) {
        if (request.getHeaderString(CLIENT) != null
                && request.getUriInfo().getPath().startsWith(MOVING)) {
            throw new ApiException(403, "projects are moved from inside of the installation only");
        }
    }
}
