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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.keptnative.datastore.admission.BodyAdmission;
import org.keptnative.datastore.error.ApiError;

/** Takes events. */
@Path("/event")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Event")
public class EventEndpoint {

    static final String NEW_EVENTS = "New-Events";

    static final String EXAMPLE = """
            {
              "id": "2d4ee2a1-8d9f-4c35-9f1b-0b8d8f0d9f11",
              "source": "https://github.com/keptn/keptn/api",
              "specversion": "0.2",
              "type": "sh.keptn.events.evaluation-done",
              "time": "2026-01-01T12:00:00.000Z",
              "contenttype": "application/json",
              "shkeptncontext": "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
              "data": {"project": "sockshop", "stage": "dev", "service": "carts", "result": "pass"}
            }""";

    @Inject
    EventLog log;

    @Inject
    BodyAdmission admission;

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "INTERNAL Endpoint: Store an event",
            description =
                    "Stores the event and delivers it to those who follow its type. The answer comes when the event"
                            + " is durable. An event with the same source and id as a stored one changes nothing and is answered"
                            + " alike. After an event of type sh.keptn.internal.event.project.delete the earlier events of its"
                            + " project are removed, which takes a while when there are many. Also takes CloudEvents 1.0 in"
                            + " structured and binary mode, and batches as application/cloudevents-batch+json: one event that"
                            + " is none refuses all of them, and of a batch answered 503 some may be stored. It may have a thousand events.",
            deprecated = true)
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = StoredEvent.class),
                        examples = @ExampleObject(name = "evaluation", value = EXAMPLE)),
                @Content(
                        mediaType = "application/cloudevents+json",
                        schema = @Schema(implementation = StoredEvent.class)),
                @Content(
                        mediaType = "application/cloudevents-batch+json",
                        schema = @Schema(implementation = StoredEvent[].class))
            })
    @APIResponse(
            responseCode = "201",
            description = "Stored, now or before",
            headers =
                    @Header(
                            name = NEW_EVENTS,
                            description = "How many were not stored before",
                            schema = @Schema(type = SchemaType.INTEGER)))
    @APIResponse(
            responseCode = "400",
            description = "No event: malformed JSON, wrong types, type or data missing; nothing is stored",
            content = @Content(schema = @Schema(implementation = ApiError.class)))
    @APIResponse(
            responseCode = "413",
            description = "Too large to be stored",
            content = @Content(schema = @Schema(implementation = ApiError.class)))
    @APIResponse(
            responseCode = "415",
            description = "A content type that carries no event",
            content = @Content(schema = @Schema(implementation = ApiError.class)))
    @APIResponse(
            responseCode = "503",
            description =
                    "The database does not answer, or too many large requests came at once: send it again after the"
                            + " seconds in Retry-After. Of what unconfirmed names, all, some or none may have been stored; with the"
                            + " ids that stand there each is stored once",
            content = @Content(schema = @Schema(implementation = ApiError.class)))
    public Response store(@Context HttpHeaders headers, byte[] body) {
        String contentType = headers.getHeaderString("Content-Type");
        if (ContentMode.isBatch(contentType)) {
            admission.admitMore(EventParser.weight(body.length));
        }
        int added = log.accept(ContentMode.read(contentType, headers.getRequestHeaders(), body));
        return Response.status(Response.Status.CREATED)
                .header(NEW_EVENTS, added)
                .build();
    }
}
