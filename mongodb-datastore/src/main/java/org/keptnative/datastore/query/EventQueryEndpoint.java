package org.keptnative.datastore.query;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.keptnative.datastore.error.ApiError;
import org.keptnative.datastore.event.Members;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds events. */
@Path("/event")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Event")
@APIResponse(
        responseCode = "422",
        description = "A parameter that means nothing, for example a page size of 0 or of x",
        content = @Content(schema = @Schema(implementation = ApiError.class)))
@APIResponse(
        responseCode = "503",
        description = "The database does not answer",
        content = @Content(schema = @Schema(implementation = ApiError.class)))
public class EventQueryEndpoint {

    @Inject
    EventQueries queries;

    @GET
    @Operation(
            summary = "Find events",
            description = "Returns the events to which everything asked for applies, the newest first by the"
                    + " millisecond of their time, within a millisecond in the order of their arrival; changes nothing. Without project, keptnContext and eventID these are the events"
                    + " that belong to no project. While events arrive, a page may repeat events of the page before it,"
                    + " but none is left out. The further back a page is, the longer it takes.")
    @APIResponse(responseCode = "200", description = "A page of events, empty when none is found")
    public EventPage find(
            @Parameter(description = "The context of the events") @RestQuery String keptnContext,
            @Parameter(description = "Their exact type") @RestQuery String type,
            @Parameter(
                            description = "Only events with a later time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @RestQuery
                    String fromTime,
            @Parameter(description = "With any value: only the first event of each context in its project") @RestQuery
                    String root,
            @Parameter(description = "The project of the events") @RestQuery String project,
            @Parameter(description = "Their stage") @RestQuery String stage,
            @Parameter(description = "Their service") @RestQuery String service,
            @Parameter(description = "The id of the event") @RestQuery String eventID,
            @Parameter(description = "Who sent it") @RestQuery String source,
            @Parameter(
                            description = "How many events a page holds, fewer if they are very large",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @RestQuery
                    String pageSize,
            @Parameter(description = "The nextPageKey of the page before; what is none means the first page") @RestQuery
                    String nextPageKey) {
        Map<String, List<String>> anyOf = new HashMap<>();
        require(anyOf, Members.ID, eventID);
        require(anyOf, Members.CONTEXT, keptnContext);
        require(anyOf, Members.TYPE, type);
        require(anyOf, Members.SOURCE, source);
        require(anyOf, Members.PROJECT, project);
        require(anyOf, Members.STAGE, stage);
        require(anyOf, Members.SERVICE, service);
        Query query = new Query(Parameters.text(root) != null, anyOf, Parameters.time("fromTime", fromTime));
        return queries.page(query, Parameters.size("pageSize", pageSize), Parameters.offset(nextPageKey));
    }

    @GET
    @Path("/type/{eventType}")
    @Operation(
            summary = "Find events of a type",
            description =
                    "Returns the newest events of a type to which the filter applies; changes nothing. Of the"
                            + " first ten thousand strings of an event a thousand different ones, of at most 4096 characters with"
                            + " their path, are noted beside it; where a filter asks for more, the events themselves are read, which takes longer.")
    @APIResponse(responseCode = "200", description = "The events, empty when none is found")
    @APIResponse(
            responseCode = "400",
            description = "A filter that breaks its grammar, or names neither data.project nor shkeptncontext",
            content = @Content(schema = @Schema(implementation = ApiError.class)))
    public EventList ofType(
            @Parameter(description = "The exact type of the events", example = "sh.keptn.events.evaluation-done")
                    @RestPath
                    String eventType,
            @Parameter(
                            description = "Pairs of a property's path and its value, joined by ' AND '; commas separate"
                                    + " alternative values. data.project or shkeptncontext must be among them",
                            required = true,
                            example = "data.project:sockshop AND data.result:pass,warning")
                    @RestQuery
                    String filter,
            @Parameter(
                            description = "Leave out events that a later event declares void by its triggeredid",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @RestQuery
                    String excludeInvalidated,
            @Parameter(
                            description = "Only events with a later time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @RestQuery
                    String fromTime,
            @Parameter(
                            description = "How many events at the most, fewer if they are very large",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @RestQuery
                    String limit) {
        int most = Parameters.size("limit", limit);
        Map<String, List<String>> anyOf = Filter.parse(filter);
        anyOf.put(Members.TYPE, List.of(eventType));
        Query query = new Query(false, anyOf, Parameters.time("fromTime", fromTime));
        return Parameters.flag(excludeInvalidated)
                ? queries.newestValid(query, Invalidation.of(eventType), most)
                : queries.newest(query, most);
    }

    private static void require(Map<String, List<String>> anyOf, String path, String value) {
        if (Parameters.text(value) != null) {
            anyOf.put(path, List.of(value));
        }
    }
}
