package org.keptnative.api.service;

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

/** Services come and go here, in all stages at once; they are read from configuration-service. */
@Path("/v1/project/{projectName}/service")
public class ServiceEndpoint extends CommandEndpoint {

    private final ServiceCommands commands;

    ServiceEndpoint(ServiceCommands commands) {
        this.commands = commands;
    }

    @POST
    @Consumes({"application/json", "application/cloudevents+json"})
    public Uni<Response> create(
            @PathParam("projectName") String project,
            @Valid CreateService service,
            @HeaderParam("Prefer") String prefer) {
        if (service == null) {
            throw ApiException.badRequest("the body must be a service");
        }
        return answer(commands.create(project, service), prefer, 201);
    }

    @DELETE
    @Path("/{serviceName}")
    public Uni<Response> delete(
            @PathParam("projectName") String project,
            @PathParam("serviceName") String service,
            @HeaderParam("Prefer") String prefer) {
        return answer(commands.delete(project, service), prefer, 204);
    }
}
