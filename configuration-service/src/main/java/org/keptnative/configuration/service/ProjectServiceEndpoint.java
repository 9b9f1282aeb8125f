package org.keptnative.configuration.service;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.keptnative.configuration.paging.Page;

import static org.keptnative.configuration.error.RequestBody.required;

/** The services of a project, across its stages. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Services")
class ProjectServiceEndpoint {

    private static final String SERVICES = "/{projectName}/service";
    private static final String SERVICE = SERVICES + "/{serviceName}";

    private final ServiceReader reader;
    private final ServiceWriter writer;

    ProjectServiceEndpoint(ServiceReader reader, ServiceWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @GET
    @Path(SERVICES)
    @Operation(
            summary = "List the services of a project",
            description = "Each name once, with every stage that has a service of this name. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of services")
    @APIResponse(responseCode = "404", description = "There is no such project")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    public ServicesWithStageInfo list(
            String projectName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey) {
        return ServicesWithStageInfo.of(reader.ofProject(projectName, Page.of(pageSize, nextPageKey)));
    }

    @GET
    @Path(SERVICE)
    @Operation(
            summary = "Get a service of a project",
            description = "With every stage that has a service of this name. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The service")
    @APIResponse(responseCode = "404", description = "There is no such project or service")
    public ExpandedServiceWithStageInfo get(String projectName, String serviceName) {
        return reader.get(projectName, serviceName);
    }

    @POST
    @Path(SERVICES)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Create a service in all stages",
            description = "Creates the service in every stage of the project, or in none.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The service is created")
    @APIResponse(responseCode = "400", description = "The name is not allowed, or a stage has the service already")
    @APIResponse(responseCode = "404", description = "There is no such project")
    public void create(String projectName, ServiceRequest service) {
        writer.createInAllStages(projectName, required(service).serviceName());
    }

    @DELETE
    @Path(SERVICE)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Delete a service from all stages",
            description = "Deletes the service from every stage that has it, or from none.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The service is deleted")
    @APIResponse(responseCode = "404", description = "There is no such project, or no stage has such a service")
    public void delete(String projectName, String serviceName) {
        writer.deleteFromAllStages(projectName, serviceName);
    }
}
