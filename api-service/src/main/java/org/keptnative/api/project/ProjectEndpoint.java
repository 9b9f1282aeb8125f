package org.keptnative.api.project;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.keptnative.api.command.CommandEndpoint;
import org.keptnative.api.event.EventContext;

import static org.keptnative.api.error.RequestBody.requireMember;
import static org.keptnative.api.error.RequestBody.required;

/** Projects come and go here; they are read from configuration-service. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Projects")
public class ProjectEndpoint extends CommandEndpoint {

    private final ProjectCreation creation;
    private final ProjectDeletion deletion;

    ProjectEndpoint(ProjectCreation creation, ProjectDeletion deletion) {
        this.creation = creation;
        this.deletion = deletion;
    }

    @POST
    @Operation(
            summary = "Create a project",
            description = "Creates a Git repository with a branch for each stage of the shipyard: all of it or, when"
                    + " something is in the way, nothing. Stores sh.keptn.internal.event.project.create. With the three"
                    + " Git members, the project is pushed to that empty repository and kept in step with it.")
    @APIResponse(
            responseCode = "200",
            description = "The command is taken; its outcome is told at /websocket",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(
            responseCode = "201",
            description = "With Prefer: the project is created",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(
            responseCode = "202",
            description = "With Prefer: the work goes on",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(
            responseCode = "400",
            description = "A name is not allowed or the shipyard is no YAML in base64; with Prefer also: the project"
                    + " exists already, or the upstream cannot be used")
    @APIResponse(responseCode = "422", description = "The name or the shipyard is missing")
    public Uni<Response> create(CreateProject project, @HeaderParam("Prefer") String prefer) {
        requireMember("name", required(project).name());
        requireMember("shipyard", project.shipyard());
        return answer(creation.take(project), prefer, 201);
    }

    @DELETE
    @Operation(
            summary = "Delete a project",
            description = "Removes the project with its stages, services, files and events. An upstream repository is"
                    + " left as it is. May be repeated.")
    @APIResponse(
            responseCode = "200",
            description = "The command is taken; its outcome is told at /websocket",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(
            responseCode = "202",
            description = "With Prefer: the work goes on",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(responseCode = "204", description = "With Prefer: the project is deleted")
    @APIResponse(responseCode = "400", description = "No project can be called so")
    @APIResponse(responseCode = "404", description = "With Prefer: there is no such project")
    @Path("/{projectName}")
    public Uni<Response> delete(@PathParam("projectName") String project, @HeaderParam("Prefer") String prefer) {
        return answer(deletion.take(project), prefer, 204);
    }
}
