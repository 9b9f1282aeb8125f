package org.keptnative.api.project;

import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.keptnative.api.command.CommandEndpoint;
import org.keptnative.api.error.ApiException;

/** Projects come and go here; they are read from configuration-service. */
@Path("/v1/project")
public class ProjectEndpoint extends CommandEndpoint {

    private final ProjectCommands commands;

    ProjectEndpoint(ProjectCommands commands) {
        this.commands = commands;
    }

    @POST
    @Consumes({"application/json", "application/cloudevents+json"})
    public Uni<Response> create(@Valid CreateProject project, @HeaderParam("Prefer") String prefer) {
        if (project == null) {
            throw ApiException.badRequest("the body must be a project");
        }
        return answer(commands.create(project), prefer, 201);
    }

    @DELETE
    @Path("/{projectName}")
    public Uni<Response> delete(@PathParam("projectName") String project, @HeaderParam("Prefer") String prefer) {
        return answer(commands.delete(project), prefer, 204);
    }
}
