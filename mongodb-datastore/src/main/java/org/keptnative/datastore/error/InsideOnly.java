package org.keptnative.datastore.error;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Whole logs are moved by those who run the installation, not by all who have its token: what comes through the gateway,
 * which says who the client is, is refused.
 */
class InsideOnly {

    private static final String CLIENT = "X-Real-IP";
    private static final String MOVING = "/transfer/";

    @ServerRequestFilter
    void refuseStrangers(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (request.getHeaderString(CLIENT) != null && path.startsWith(MOVING)) {
            throw new ApiException(403, "events are moved from inside of the installation only");
        }
    }
}
