package org.keptnative.configuration.history;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.keptnative.configuration.event.KeptnEvent;

import static org.keptnative.configuration.error.RequestBody.required;

/** Where the event log delivers what has happened. */
@Path("/v1/event")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
class EventEndpoint {

    private static final String CLOUD_EVENT = "application/cloudevents+json";
    private static final String EXAMPLE = """
            {
              "type": "sh.keptn.events.deployment-finished",
              "specversion": "0.2",
              "source": "helm-service",
              "id": "e1b7fb84-6a3d-4a3c-9d8e-0a9c2f0f0a01",
              "time": "2020-11-16T10:00:00.000Z",
              "contenttype": "application/json",
              "shkeptncontext": "08735340-6f9e-4b32-97ff-3b6c292bc509",
              "data": {
                "project": "sockshop",
                "stage": "dev",
                "service": "carts",
                "image": "docker.io/keptnexamples/carts",
                "tag": "0.11.1"
              }
            }""";

    private final EventIntake intake;

    EventEndpoint(EventIntake intake) {
        this.intake = intake;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, CLOUD_EVENT})
    @Operation(
            summary = "INTERNAL Endpoint: Take in an event that concerns a service",
            description = "Remembers the event as the last one of its type unless a newer one is known. A finished"
                    + " deployment sets the deployed image; approval and remediation events open and close approvals"
                    + " and remediations. The same event may be sent again, and events may be sent in any order. An event that"
                    + " names no project, stage or service, or one that does not exist, is no error: there is nothing"
                    + " to remember.",
            deprecated = true)
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = KeptnEvent.class),
                        examples = @ExampleObject(name = "deployment finished", value = EXAMPLE)),
                @Content(mediaType = CLOUD_EVENT, schema = @Schema(implementation = KeptnEvent.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "The event is remembered, or was already, or it concerns no service of this installation;"
                    + " the answer says which")
    @APIResponse(
            responseCode = "400",
            description = "The body is no JSON object, a member is not what it should be, or a name is repeated: in the"
                    + " event, or of what is read in its data")
    @APIResponse(responseCode = "422", description = "The type is missing or too long, or the time is out of range")
    public Receipt post(KeptnEvent event) {
        return intake.accept(required(event));
    }
}
