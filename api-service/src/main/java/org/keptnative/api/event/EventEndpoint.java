package org.keptnative.api.event;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.keptnative.api.admission.AnswerMemory;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.error.ApiException;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Events from outside. */
@Path("/v1/event")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Events")
public class EventEndpoint {

    private static final String BINARY_MODE = "ce-";

    private final EventLog log;
    private final Datastore datastore;
    private final AnswerMemory memory;

    EventEndpoint(EventLog log, Datastore datastore, AnswerMemory memory) {
        this.log = log;
        this.datastore = datastore;
        this.memory = memory;
    }

    @POST
    @Operation(
            summary = "Send an event",
            description =
                    "Stores the event and has it delivered to all who follow its type. The answer comes when it is"
                            + " durable. Its time and specversion are replaced; a shkeptncontext that is no UUID becomes"
                            + " one. An event that is sent again under the id it was sent with before is stored once and"
                            + " answered alike; an id that another event of the source has is replaced. CloudEvents 0.2 and 1.0 are understood, also in binary mode with attributes as ce-"
                            + " headers.")
    @APIResponse(responseCode = "200", description = "The event is stored; those that follow share its context")
    @APIResponse(responseCode = "422", description = "The data, source or type is missing, or the time is none")
    public Uni<EventContext> post(
            @RequestBody(
                            description = "The event",
                            content =
                                    @Content(
                                            schema = @Schema(implementation = EventSchema.class),
                                            examples =
                                                    @ExampleObject(name = "deployment", value = EventSchema.EXAMPLE)))
                    byte[] body,
            @Context HttpHeaders headers)
            throws IOException {
        IncomingEvent event = IncomingEvent.from(
                headers.getHeaderString("ce-specversion") == null
                        ? ReceivedEvent.of(body)
                        : ReceivedEvent.of(attributes(headers), body));
        return log.store(event, memory.ofRequest());
    }

    @GET
    @Operation(
            summary = "Get the newest event of a context",
            description = "Of the given type; mongodb-datastore answers richer questions. Changes nothing.",
            deprecated = true)
    @APIResponse(
            responseCode = "200",
            description = "The event",
            content = @Content(schema = @Schema(implementation = EventSchema.class)))
    @APIResponse(responseCode = "404", description = "There is no such event")
    @APIResponse(responseCode = "422", description = "keptnContext or type is missing")
    public Uni<String> newest(@QueryParam("keptnContext") String context, @QueryParam("type") String type) {
        require("keptnContext", context);
        require("type", type);
        return datastore
                .events(Map.of("keptnContext", context, "type", type, "pageSize", "10"), memory.ofRequest())
                .map(page -> EventPage.newest(page.getBytes())
                        .orElseThrow(() ->
                                ApiException.notFound("No " + type + " event found for Keptn context: " + context)));
    }

    private static Map<String, String> attributes(HttpHeaders headers) {
        Map<String, String> attributes = new HashMap<>();
        headers.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(BINARY_MODE)) {
                attributes.put(name.substring(BINARY_MODE.length()).toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return attributes;
    }

    private static void require(String parameter, String value) {
        if (value == null || value.isEmpty()) {
            throw new ApiException(422, parameter + " in query is required");
        }
    }
}
