package org.keptnative.configuration.history;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recomputes what happened to the services of a project. */
@Path("/v1/project/{projectName}/history")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
class RebuildEndpoint {

    private final Rebuild rebuild;

    RebuildEndpoint(Rebuild rebuild) {
        this.rebuild = rebuild;
    }

    @POST
    @Operation(
            summary = "INTERNAL Endpoint: Rebuild what happened to the services of a project",
            description = "Reads all events of the project from mongodb-datastore and takes each in once more, so that"
                    + " last events, deployed images, approvals and remediations that were lost are there again. What"
                    + " is known already stays. It may be called at any time and again.",
            deprecated = true)
    @APIResponse(responseCode = "200", description = "All events are taken in")
    @APIResponse(responseCode = "404", description = "There is no such project")
    public RebuiltHistory rebuild(String projectName) {
        return rebuild.of(projectName);
    }
}
