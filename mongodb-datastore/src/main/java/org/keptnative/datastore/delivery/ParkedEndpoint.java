package org.keptnative.datastore.delivery;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.event.EventsStored;
import org.keptnative.datastore.event.IndexKey;
import org.keptnative.datastore.event.Pending;
import org.keptnative.datastore.follower.Followers;

import java.util.List;
import java.util.Set;

/** What a follower has not taken: to look at, to send again or to give up. */
@Path("/follower/{follower}/parked")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Follower")
@APIResponse(responseCode = "404", description = "There is no such follower, or no such delivery")
@APIResponse(responseCode = "503", description = "The database does not answer")
public class ParkedEndpoint {

    private static final int DEFAULT_SIZE = 20;
    private static final int LARGEST_SIZE = 100;

    @Inject
    Followers followers;

    @Inject
    ParkedStore parked;

    @Inject
    Event<EventsStored> queued;

    @GET
    @Operation(
            summary = "INTERNAL Endpoint: List parked deliveries",
            description =
                    "Returns the events that a follower has refused, or has not taken while it took others, in the"
                            + " order of their projects and of their arrival; changes nothing.",
            deprecated = true)
    @APIResponse(responseCode = "200", description = "A page of deliveries, empty when there is none")
    @APIResponse(responseCode = "400", description = "A page size or page key that means nothing")
    public ParkedPage list(
            @Parameter(description = "The follower", example = "configuration-service") @RestPath String follower,
            @Parameter(description = "Only those of this project") @RestQuery String project,
            @Parameter(
                            description = "How many deliveries a page holds",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @RestQuery
                    String pageSize,
            @Parameter(description = "The nextPageKey of the page before") @RestQuery String nextPageKey) {
        require(follower);
        int size = size(pageSize);
        List<ParkedDelivery> deliveries = parked.list(follower, project, place(nextPageKey), size);
        ParkedDelivery last = deliveries.size() < size ? null : deliveries.get(size - 1);
        return new ParkedPage(deliveries, last == null ? null : last.sequence() + ":" + last.project());
    }

    @POST
    @Path("/redelivery")
    @Operation(
            summary = "INTERNAL Endpoint: Deliver parked events again",
            description = "Gives one delivery, or all of a project, their place in the queue again: before the later"
                    + " events of their project. What is refused again is parked again.",
            deprecated = true)
    @APIResponse(responseCode = "200", description = "They will be delivered")
    @APIResponse(responseCode = "400", description = "Neither key nor project, or both")
    public ParkedCount redeliver(
            @Parameter(description = "The follower", example = "configuration-service") @RestPath String follower,
            @Parameter(description = "The key of one delivery") @RestQuery String key,
            @Parameter(description = "The project of the deliveries", example = "sockshop") @RestQuery String project) {
        require(follower);
        if (requireOne(key, project)) {
            wake(parked.redeliver(follower, key).orElseThrow(() -> unknown(key)));
            return new ParkedCount(1);
        }
        long count = parked.redeliverAll(follower, project);
        wake(IndexKey.of(project));
        return new ParkedCount(count);
    }

    private void wake(String project) {
        queued.fire(new EventsStored(Set.of(project)));
    }

    @DELETE
    @Operation(
            summary = "INTERNAL Endpoint: Discard parked deliveries",
            description = "Gives up one delivery, or all of a project. The events stay in the log.",
            deprecated = true)
    @APIResponse(responseCode = "200", description = "They will not be delivered")
    @APIResponse(responseCode = "400", description = "Neither key nor project, or both")
    public ParkedCount discard(
            @Parameter(description = "The follower", example = "configuration-service") @RestPath String follower,
            @Parameter(description = "The key of one delivery") @RestQuery String key,
            @Parameter(description = "The project of the deliveries", example = "sockshop") @RestQuery String project) {
        require(follower);
        if (!requireOne(key, project)) {
            return new ParkedCount(parked.discardAll(follower, project));
        }
        if (!parked.discard(follower, key)) {
            throw unknown(key);
        }
        return new ParkedCount(1);
    }

    private void require(String follower) {
        if (!followers.names().contains(follower)) {
            throw ApiException.notFound("there is no follower " + follower);
        }
    }

    /** Whether one delivery is asked for, and not a project. */
    private static boolean requireOne(String key, String project) {
        if ((key == null) == (project == null)) {
            throw ApiException.badRequest("either key or project is required");
        }
        return key != null;
    }

    private static ApiException unknown(String key) {
        return ApiException.notFound("there is no parked delivery " + key);
    }

    private static int size(String pageSize) {
        try {
            int size = pageSize == null ? DEFAULT_SIZE : Integer.parseInt(pageSize);
            if (size >= 1 && size <= LARGEST_SIZE) {
                return size;
            }
        } catch (NumberFormatException e) {
            // It is said below.
        }
        throw ApiException.badRequest("pageSize must be a number from 1 to " + LARGEST_SIZE);
    }

    private static String place(String nextPageKey) {
        if (nextPageKey == null) {
            return null;
        }
        int colon = nextPageKey.indexOf(':');
        try {
            return Pending.place(
                    nextPageKey.substring(colon + 1), Long.parseLong(nextPageKey.substring(0, Math.max(0, colon))));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("nextPageKey is none that a page has given");
        }
    }
}
