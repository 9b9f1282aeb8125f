package org.keptnative.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Events from outside. */
@Path("/v1/event")
public class EventEndpoint {

    private final EventLog log;

    EventEndpoint(EventLog log) {
        this.log = log;
    }

    @POST
    @Consumes({"application/json", "application/cloudevents+json"})
    public Uni<EventContext> post(JsonNode event) {
        return log.store(IncomingEvent.from(event));
    }
}
