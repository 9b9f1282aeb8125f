package org.keptnative.configuration.service;

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

/** The services of one stage. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Services")
class ServiceEndpoint {

    private static final String SERVICES = "/{projectName}/stage/{stageName}/service";
    private static final String SERVICE = SERVICES + "/{serviceName}";

    private final ServiceReader reader;
    private final ServiceWriter writer;

    ServiceEndpoint(ServiceReader reader, ServiceWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @GET
    @Path(SERVICES)
    @Operation(
            summary = "List the services of a stage",
            description = "In the order of their creation, with what happened to each of them last. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of services")
    @APIResponse(responseCode = "404", description = "There is no such project or stage")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    @Parameter(ref = "disableUpstreamSync")
    public Services list(
            String projectName,
            String stageName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey) {
        return Services.of(reader.ofStage(projectName, stageName, Page.of(pageSize, nextPageKey)));
    }

    @GET
    @Path(SERVICE)
    @Operation(summary = "Get a service of a stage", description = "With what happened to it last. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The service")
    @APIResponse(responseCode = "404", description = "There is no such project, stage or service")
    @Parameter(ref = "disableUpstreamSync")
    public ExpandedService get(String projectName, String stageName, String serviceName) {
        return reader.get(projectName, stageName, serviceName);
    }

    @POST
    @Path(SERVICES)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Create a service in a stage",
            description = "Adds a folder with the metadata of the service to the branch of the stage.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The service is created")
    @APIResponse(
            responseCode = "400",
            description = "The name is not allowed, there is no such stage, or it has the service already")
    public void create(String projectName, String stageName, ServiceRequest service) {
        writer.create(projectName, stageName, required(service).serviceName());
    }

    @PUT
    @Path(SERVICE)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Make sure that a stage has a service",
            description = "Creates the service unless the stage has it. A name in the body must be that of the path.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The stage has the service")
    @APIResponse(responseCode = "400", description = "The name is not allowed, or there is no such stage")
    public void ensure(String projectName, String stageName, String serviceName, ServiceRequest service) {
        String named = required(service).serviceName();
        if (named != null && !named.equals(serviceName)) {
            throw ApiException.badRequest("a service cannot be renamed: serviceName must be that of the path");
        }
        writer.ensure(projectName, stageName, serviceName);
    }

    @DELETE
    @Path(SERVICE)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Delete a service from a stage",
            description = "Removes the folder of the service from the branch of the stage; its history stays in Git.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The service is deleted")
    @APIResponse(responseCode = "400", description = "There is no such stage, or it has no such service")
    public void delete(String projectName, String stageName, String serviceName) {
        writer.delete(projectName, stageName, serviceName);
    }
}
