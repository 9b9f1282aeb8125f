package org.keptnative.datastore.query;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;
import org.keptnative.datastore.event.Lists;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds events by what they are about. */
@Path("/event")
@Produces(MediaType.APPLICATION_JSON)
public class EventQueryEndpoint {

    private static final int COUNTED_FURTHER = 1000;

    @Inject
    QueryStore store;

    @GET
    public EventPage find(
            @RestQuery String keptnContext,
            @RestQuery String type,
            @RestQuery String fromTime,
            @RestQuery String root,
            @RestQuery String project,
            @RestQuery String stage,
            @RestQuery String service,
            @RestQuery String eventID,
            @RestQuery String source,
            @RestQuery String pageSize,
            @RestQuery String nextPageKey) {
        Map<String, List<String>> anyOf = new LinkedHashMap<>();
        require(anyOf, "id", eventID);
        require(anyOf, "shkeptncontext", keptnContext);
        require(anyOf, "type", type);
        require(anyOf, "source", source);
        require(anyOf, "data.project", project);
        require(anyOf, "data.stage", stage);
        require(anyOf, "data.service", service);
        var selection = new Lists.Selection(
                Parameters.text(root) != null,
                Parameters.text(eventID),
                Parameters.text(keptnContext),
                Parameters.text(project),
                Parameters.text(stage),
                Parameters.text(service),
                Parameters.text(type),
                Parameters.text(source));
        Query query = new Query(Lists.narrowest(selection), anyOf, Parameters.time("fromTime", fromTime));
        return page(query, Parameters.size("pageSize", pageSize), Parameters.offset(nextPageKey));
    }

    private EventPage page(Query query, int size, int offset) {
        List<StoredEvent> events = store.find(query, offset, size).stream()
                .map(document -> new StoredEvent(document.json))
                .toList();
        boolean known = events.size() < size && (offset == 0 || !events.isEmpty());
        int total = known ? offset + events.size() : store.count(query, offset + COUNTED_FURTHER);
        String next = offset + size < total ? Integer.toString(offset + size) : null;
        return new EventPage(events, next, size, total);
    }

    private static void require(Map<String, List<String>> anyOf, String path, String value) {
        if (Parameters.text(value) != null) {
            anyOf.put(path, List.of(value));
        }
    }
}
