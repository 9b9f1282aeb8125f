package org.keptnative.datastore.event;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Stores events. */
@Path("/event")
@Produces(MediaType.APPLICATION_JSON)
public class EventEndpoint {

    @Inject
    EventLog log;

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response store(@Context HttpHeaders headers, byte[] body) {
        log.accept(CloudEvents.read(headers.getRequestHeaders(), body));
        return Response.status(Response.Status.CREATED).build();
    }
}
