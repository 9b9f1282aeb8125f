package org.keptnative.configuration.stage;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.paging.Page;

import static org.keptnative.configuration.error.RequestBody.required;

/** The stages of a project. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Stages")
class StageEndpoint {

    private static final String STAGES = "/{projectName}/stage";
    private static final String STAGE = STAGES + "/{stageName}";

    private final StageReader reader;
    private final StageWriter writer;

    StageEndpoint(StageReader reader, StageWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @GET
    @Path(STAGES)
    @Operation(
            summary = "List the stages of a project",
            description = "In the order of the shipyard; stages it does not name follow in the order of their creation."
                    + " Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of stages")
    @APIResponse(responseCode = "404", description = "There is no such project")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    @Parameter(ref = "disableUpstreamSync")
    public Stages list(
            String projectName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey) {
        return Stages.of(reader.of(projectName, Page.of(pageSize, nextPageKey)));
    }

    @GET
    @Path(STAGE)
    @Operation(summary = "Get a stage", description = "With its services. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The stage")
    @APIResponse(responseCode = "404", description = "There is no such project or stage")
    @Parameter(ref = "disableUpstreamSync")
    public ExpandedStage get(String projectName, String stageName) {
        return reader.get(projectName, stageName);
    }

    @POST
    @Path(STAGES)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Create a stage",
            description = "Cuts a branch for the stage from the project level.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The stage is created")
    @APIResponse(
            responseCode = "400",
            description = "The name is not allowed, there is no such project, or it has the stage already")
    public void create(String projectName, StageRequest stage) {
        writer.create(projectName, required(stage).stageName());
    }

    @PUT
    @Path(STAGE)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Make sure that a project has a stage",
            description = "Creates the stage unless the project has it. A name in the body must be that of the path.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The project has the stage")
    @APIResponse(responseCode = "400", description = "The name is not allowed, or there is no such project")
    public void ensure(String projectName, String stageName, StageRequest stage) {
        String named = required(stage).stageName();
        if (named != null && !named.equals(stageName)) {
            throw ApiException.badRequest("a stage cannot be renamed: stageName must be that of the path");
        }
        writer.ensure(projectName, stageName);
    }

    @DELETE
    @Path(STAGE)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Delete a stage",
            description = "Removes the branch of the stage with all services and files in it.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The stage is deleted")
    @APIResponse(responseCode = "404", description = "There is no such project or stage")
    public void delete(String projectName, String stageName) {
        writer.delete(projectName, stageName);
    }
}
