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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes events under the path to which Keptn's own services post them: that of the event broker. */
@Path("/keptn")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Event")
public class EventBrokerEndpoint {

    @Inject
    EventEndpoint events;

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "INTERNAL Endpoint: Store an event, as the event broker",
            description = "The same as POST /event.",
            deprecated = true)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/cloudevents+json",
                            schema = @Schema(implementation = StoredEvent.class),
                            examples = @ExampleObject(name = "evaluation", value = EventEndpoint.EXAMPLE)))
    @APIResponse(responseCode = "201", description = "Stored, now or before")
    @APIResponse(responseCode = "400", description = "No event; nothing is stored")
    @APIResponse(responseCode = "413", description = "Too large to be stored")
    @APIResponse(responseCode = "415", description = "A content type that carries no event")
    @APIResponse(responseCode = "503", description = "The database does not answer; the event may be sent again")
    public Response store(@Context HttpHeaders headers, byte[] body) {
        return events.store(headers, body);
    }
}
