package org.keptnative.configuration.resource;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.keptnative.configuration.paging.Page;

import static org.keptnative.configuration.error.RequestBody.required;

/** The files that a service has in all stages alike. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Default resources")
class DefaultResourceEndpoint {

    private static final String RESOURCES = "/{projectName}/service/{serviceName}/resource";
    private static final String RESOURCE = RESOURCES + "/{resourceURI: .+}";

    private final DefaultResources resources;

    DefaultResourceEndpoint(DefaultResources resources) {
        this.resources = resources;
    }

    @GET
    @Path(RESOURCES)
    @Operation(
            summary = "List the default files of a service",
            description = "Those which the service has in every stage with the same content. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of files, without their contents")
    @APIResponse(responseCode = "404", description = "There is no such project, or a stage lacks the service")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    @Parameter(ref = "disableUpstreamSync")
    public Resources list(
            String projectName,
            String serviceName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey) {
        return resources.list(projectName, serviceName, Page.of(pageSize, nextPageKey));
    }

    @GET
    @Path(RESOURCE)
    @Operation(
            summary = "Get a default file of a service",
            description = "If the service has it in every stage with the same content. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The file; the entity tag changes with its content")
    @APIResponse(responseCode = "304", description = "If-None-Match names the present entity tag")
    @APIResponse(responseCode = "400", description = "The URI is no path below the service")
    @APIResponse(responseCode = "404", description = "There is no such project, service or file, or the stages differ")
    public RestResponse<Resource> get(
            String projectName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        return Answers.read(resources.get(projectName, serviceName, resourceURI), ifNoneMatch);
    }

    @POST
    @Path(RESOURCES)
    @ResponseStatus(201)
    @Operation(
            summary = "Add default files to a service",
            description = "Writes the files into every stage, one commit each; all stages change or none does.")
    @APIResponse(responseCode = "201", description = "The files are in every stage")
    @APIResponse(responseCode = "400", description = "A URI is no path below the service, or a content is no base64")
    @APIResponse(responseCode = "404", description = "There is no such project, or a stage lacks the service")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "A resourceURI is missing")
    public void addAll(String projectName, String serviceName, ResourceListRequest files) {
        resources.putAll(projectName, serviceName, required(files), "Added resources");
    }

    @PUT
    @Path(RESOURCES)
    @ResponseStatus(201)
    @Operation(
            summary = "Update default files of a service",
            description = "Writes the files into every stage, one commit each; all stages change or none does.")
    @APIResponse(responseCode = "201", description = "The files are in every stage")
    @APIResponse(responseCode = "400", description = "A URI is no path below the service, or a content is no base64")
    @APIResponse(responseCode = "404", description = "There is no such project, or a stage lacks the service")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "A resourceURI is missing")
    public void updateAll(String projectName, String serviceName, ResourceListRequest files) {
        resources.putAll(projectName, serviceName, required(files), "Updated resources");
    }

    @PUT
    @Path(RESOURCE)
    @ResponseStatus(201)
    @Operation(
            summary = "Write a default file of a service",
            description = "Into every stage, one commit each; all stages change or none does.")
    @APIResponse(responseCode = "201", description = "The file is in every stage")
    @APIResponse(responseCode = "400", description = "The URI is no path below the service, or the content no base64")
    @APIResponse(responseCode = "404", description = "There is no such project, or a stage lacks the service")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "The resourceURI is missing in the body")
    public void put(
            String projectName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            ResourceRequest file) {
        resources.put(projectName, serviceName, resourceURI, required(file));
    }

    @DELETE
    @Path(RESOURCE)
    @ResponseStatus(204)
    @Operation(
            summary = "Delete a default file of a service",
            description = "From every stage that has it, or from none.")
    @APIResponse(responseCode = "204", description = "The file is deleted")
    @APIResponse(responseCode = "400", description = "The URI is no path below the service")
    @APIResponse(responseCode = "404", description = "There is no such project, service or file")
    public void delete(String projectName, String serviceName, @Encoded @PathParam("resourceURI") String resourceURI) {
        resources.delete(projectName, serviceName, resourceURI);
    }
}
