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

/** The files of a project. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Project resources")
class ProjectResourceEndpoint {

    private static final String RESOURCES = "/{projectName}/resource";
    private static final String RESOURCE = RESOURCES + "/{resourceURI: .+}";

    private final ResourceReader reader;
    private final ResourceWriter writer;

    ProjectResourceEndpoint(ResourceReader reader, ResourceWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @GET
    @Path(RESOURCES)
    public Resources list(
            String projectName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey,
            @QueryParam("gitCommitID") String gitCommitID) {
        return reader.list(Place.ofProject(projectName), Page.of(pageSize, nextPageKey), gitCommitID)
                .body();
    }

    @GET
    @Path(RESOURCE)
    public Resource get(
            String projectName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @QueryParam("gitCommitID") String gitCommitID) {
        return reader.get(Place.ofProject(projectName), resourceURI, gitCommitID)
                .body();
    }

    @POST
    @Path(RESOURCES)
    @ResponseStatus(201)
    public Version post(String projectName, ResourceListRequest resources) {
        return writer.putAll(Place.ofProject(projectName), required(resources).resources(), "Added resources");
    }

    @PUT
    @Path(RESOURCES)
    @ResponseStatus(201)
    public Version putAll(String projectName, ResourceListRequest resources) {
        return writer.putAll(Place.ofProject(projectName), required(resources).resources(), "Updated resources");
    }

    @PUT
    @Path(RESOURCE)
    @ResponseStatus(201)
    public Version put(
            String projectName, @Encoded @PathParam("resourceURI") String resourceURI, ResourceRequest resource) {
        return writer.put(Place.ofProject(projectName), resourceURI, required(resource));
    }

    @DELETE
    @Path(RESOURCE)
    @ResponseStatus(204)
    public void delete(String projectName, @Encoded @PathParam("resourceURI") String resourceURI) {
        writer.delete(Place.ofProject(projectName), resourceURI);
    }
}
