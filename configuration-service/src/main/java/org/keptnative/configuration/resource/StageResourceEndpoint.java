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

/** The files of a stage. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Stage resources")
class StageResourceEndpoint {

    private static final String RESOURCES = "/{projectName}/stage/{stageName}/resource";
    private static final String RESOURCE = RESOURCES + "/{resourceURI: .+}";

    private final ResourceReader reader;
    private final ResourceWriter writer;

    StageResourceEndpoint(ResourceReader reader, ResourceWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @GET
    @Path(RESOURCES)
    public Resources list(
            String projectName,
            String stageName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey,
            @QueryParam("gitCommitID") String gitCommitID) {
        return reader.list(Place.ofStage(projectName, stageName), Page.of(pageSize, nextPageKey), gitCommitID)
                .body();
    }

    @GET
    @Path(RESOURCE)
    public Resource get(
            String projectName,
            String stageName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @QueryParam("gitCommitID") String gitCommitID) {
        return reader.get(Place.ofStage(projectName, stageName), resourceURI, gitCommitID)
                .body();
    }

    @POST
    @Path(RESOURCES)
    @ResponseStatus(201)
    public Version post(String projectName, String stageName, ResourceListRequest resources) {
        return writer.putAll(
                Place.ofStage(projectName, stageName), required(resources).resources(), "Added resources");
    }

    @PUT
    @Path(RESOURCES)
    @ResponseStatus(201)
    public Version putAll(String projectName, String stageName, ResourceListRequest resources) {
        return writer.putAll(
                Place.ofStage(projectName, stageName), required(resources).resources(), "Updated resources");
    }

    @PUT
    @Path(RESOURCE)
    @ResponseStatus(201)
    public Version put(
            String projectName,
            String stageName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            ResourceRequest resource) {
        return writer.put(Place.ofStage(projectName, stageName), resourceURI, required(resource));
    }

    @DELETE
    @Path(RESOURCE)
    @ResponseStatus(204)
    public void delete(String projectName, String stageName, @Encoded @PathParam("resourceURI") String resourceURI) {
        writer.delete(Place.ofStage(projectName, stageName), resourceURI);
    }
}
