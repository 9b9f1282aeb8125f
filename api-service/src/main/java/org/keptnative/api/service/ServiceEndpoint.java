package org.keptnative.api.service;

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

/** Services come and go here, in all stages at once; they are read from configuration-service. */
@Path("/v1/project/{projectName}/service")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Services")
public class ServiceEndpoint extends CommandEndpoint {

    private final ServiceCreation creation;
    private final ServiceDeletion deletion;

    ServiceEndpoint(ServiceCreation creation, ServiceDeletion deletion) {
        this.creation = creation;
        this.deletion = deletion;
    }

    @POST
    @Operation(
            summary = "Create a service",
            description = "Creates the service in every stage of the project, or in none. Stores"
                    + " sh.keptn.internal.event.service.create, with the chart for a helm-service that follows.")
    @APIResponse(
            responseCode = "200",
            description = "The command is taken; its outcome is told at /websocket",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(
            responseCode = "201",
            description = "With Prefer: the service is created",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(
            responseCode = "202",
            description = "With Prefer: the work goes on",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(
            responseCode = "400",
            description = "The name, the chart or a deployment strategy is not allowed; with Prefer also: the service"
                    + " exists already")
    @APIResponse(responseCode = "404", description = "With Prefer: there is no such project")
    @APIResponse(responseCode = "422", description = "The name is missing")
    public Uni<Response> create(
            @PathParam("projectName") String project, CreateService service, @HeaderParam("Prefer") String prefer) {
        requireMember("serviceName", required(service).serviceName());
        return answer(creation.take(project, service), prefer, 201);
    }

    @DELETE
    @Operation(
            summary = "Delete a service",
            description = "Removes the service from every stage of the project, or from none. Stores"
                    + " sh.keptn.internal.event.service.delete; earlier events are kept.")
    @APIResponse(
            responseCode = "200",
            description = "The command is taken; its outcome is told at /websocket",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(
            responseCode = "202",
            description = "With Prefer: the work goes on",
            content = @Content(schema = @Schema(implementation = EventContext.class)))
    @APIResponse(responseCode = "204", description = "With Prefer: the service is deleted")
    @APIResponse(responseCode = "400", description = "No project or no service can be called so")
    @APIResponse(responseCode = "404", description = "With Prefer: there is no such project or service")
    @Path("/{serviceName}")
    public Uni<Response> delete(
            @PathParam("projectName") String project,
            @PathParam("serviceName") String service,
            @HeaderParam("Prefer") String prefer) {
        return answer(deletion.take(project, service), prefer, 204);
    }
}
