package org.keptnative.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.error.ApiException;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Events from outside. */
@Path("/v1/event")
public class EventEndpoint {

    private static final String BINARY_MODE = "ce-";

    private final EventLog log;
    private final Datastore datastore;

    EventEndpoint(EventLog log, Datastore datastore) {
        this.log = log;
        this.datastore = datastore;
    }

    @POST
    @Consumes({"application/json", "application/cloudevents+json"})
    public Uni<EventContext> post(JsonNode body, @Context HttpHeaders headers) {
        JsonNode event = headers.getHeaderString("ce-specversion") == null ? body : fromHeaders(headers, body);
        return log.store(IncomingEvent.from(event));
    }

    @GET
    public Uni<JsonNode> newest(@QueryParam("keptnContext") String context, @QueryParam("type") String type) {
        require("keptnContext", context);
        require("type", type);
        return datastore
                .events(Map.of("keptnContext", context, "type", type, "pageSize", "10"))
                .map(events -> StreamSupport.stream(events.spliterator(), false)
                        .max(Comparator.comparing(EventEndpoint::time))
                        .orElseThrow(() ->
                                ApiException.notFound("No " + type + " event found for Keptn context: " + context)));
    }

    /** The binary mode of CloudEvents over HTTP: attributes in headers, the data alone in the body. */
    private static JsonNode fromHeaders(HttpHeaders headers, JsonNode data) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        headers.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(BINARY_MODE)) {
                event.put(name.substring(BINARY_MODE.length()).toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return event.set("data", data);
    }

    private static void require(String parameter, String value) {
        if (value == null || value.isEmpty()) {
            throw new ApiException(422, parameter + " in query is required");
        }
    }

    private static OffsetDateTime time(JsonNode event) {
        return OffsetDateTime.parse(event.path("time").asText());
    }
}
