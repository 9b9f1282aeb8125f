package org.keptnative.configuration.resource;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.keptnative.configuration.paging.Page;

import static org.keptnative.configuration.error.RequestBody.required;

/** The files of a service. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Service resources")
class ServiceResourceEndpoint {

    private static final String RESOURCES = "/{projectName}/stage/{stageName}/service/{serviceName}/resource";
    private static final String RESOURCE = RESOURCES + "/{resourceURI: .+}";

    private final ResourceReader reader;
    private final ResourceWriter writer;

    ServiceResourceEndpoint(ResourceReader reader, ResourceWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @GET
    @Path(RESOURCES)
    public Resources list(
            String projectName,
            String stageName,
            String serviceName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey,
            @QueryParam("gitCommitID") String gitCommitID) {
        return reader.list(new Place(projectName, stageName, serviceName), Page.of(pageSize, nextPageKey), gitCommitID)
                .body();
    }

    @GET
    @Path(RESOURCE)
    public Resource get(
            String projectName,
            String stageName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @QueryParam("gitCommitID") String gitCommitID) {
        return reader.get(new Place(projectName, stageName, serviceName), resourceURI, gitCommitID)
                .body();
    }

    @POST
    @Path(RESOURCES)
    @ResponseStatus(201)
    public Version post(String projectName, String stageName, String serviceName, ResourceListRequest resources) {
        return writer.putAll(
                new Place(projectName, stageName, serviceName),
                required(resources).resources(),
                "Added resources");
    }

    @PUT
    @Path(RESOURCES)
    @ResponseStatus(201)
    public Version putAll(String projectName, String stageName, String serviceName, ResourceListRequest resources) {
        return writer.putAll(
                new Place(projectName, stageName, serviceName),
                required(resources).resources(),
                "Updated resources");
    }

    @PUT
    @Path(RESOURCE)
    @ResponseStatus(201)
    public Version put(
            String projectName,
            String stageName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            ResourceRequest resource) {
        return writer.put(new Place(projectName, stageName, serviceName), resourceURI, required(resource));
    }

    @DELETE
    @Path(RESOURCE)
    @ResponseStatus(204)
    public void delete(
            String projectName,
            String stageName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI) {
        writer.delete(new Place(projectName, stageName, serviceName), resourceURI);
    }
}
