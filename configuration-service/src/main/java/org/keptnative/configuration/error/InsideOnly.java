package org.keptnative.configuration.error;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Whole projects and their credentials are moved by those who run the installation, not by all who have its token: what
 * comes through the gateway, which says who the client is, is refused.
 */
public class InsideOnly {

    private static final String CLIENT = "X-Real-IP";
    /** Before all paths of that kind. */
    public static final String MOVING = "/v1/transfer/";

    @ServerRequestFilter
    void refuseStrangers(ContainerRequestContext request) {
        if (request.getHeaderString(CLIENT) != null
                && request.getUriInfo().getPath().startsWith(MOVING)) {
            throw new ApiException(403, "projects are moved from inside of the installation only");
        }
    }
}
