package org.keptnative.datastore.delivery;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.keptnative.datastore.follower.Followers;

/** Tells who follows events. */
@Path("/follower")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Follower")
public class FollowerEndpoint {

    @Inject
    Followers followers;

    @Inject
    PendingStore pending;

    @Inject
    ParkedStore parked;

    @GET
    @Operation(
            summary = "INTERNAL Endpoint: List the followers",
            description = "Returns who gets events, and how far their delivery is; changes nothing.",
            deprecated = true)
    @APIResponse(responseCode = "200", description = "All followers, by name")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public FollowerList list() {
        return new FollowerList(followers.all().stream()
                .map(follower -> FollowerState.of(
                        follower,
                        pending.count(follower.name()),
                        parked.count(follower.name()),
                        pending.state(follower.name())))
                .toList());
    }
}
