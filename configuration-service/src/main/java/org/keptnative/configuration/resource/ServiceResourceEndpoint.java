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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
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
    @Operation(
            summary = "List the files of a service",
            description =
                    "Without their contents, in the order of their paths, each with a leading slash. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of files; the entity tag is the commit")
    @APIResponse(responseCode = "304", description = "If-None-Match names the present entity tag")
    @APIResponse(responseCode = "400", description = "The commit id is none")
    @APIResponse(responseCode = "404", description = "There is no such project, stage, service or commit")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    public RestResponse<Resources> list(
            String projectName,
            String stageName,
            String serviceName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey,
            @QueryParam("disableUpstreamSync") String disableUpstreamSync,
            @QueryParam("gitCommitID") String gitCommitID,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        ReadOptions options = ReadOptions.of(gitCommitID, disableUpstreamSync);
        return Answers.read(
                reader.list(new Place(projectName, stageName, serviceName), Page.of(pageSize, nextPageKey), options),
                ifNoneMatch);
    }

    @GET
    @Path(RESOURCE)
    @Operation(
            summary = "Get a file of a service",
            description =
                    "In base64; an empty file has no resourceContent. A Helm chart is packed into an archive again. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The file; the entity tag changes with its content")
    @APIResponse(responseCode = "304", description = "If-None-Match names the present entity tag")
    @APIResponse(responseCode = "400", description = "The URI is no path below the service, or the commit id is none")
    @APIResponse(responseCode = "404", description = "There is no such project, stage, service, file or commit")
    public RestResponse<Resource> get(
            String projectName,
            String stageName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @QueryParam("disableUpstreamSync") String disableUpstreamSync,
            @QueryParam("gitCommitID") String gitCommitID,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        ReadOptions options = ReadOptions.of(gitCommitID, disableUpstreamSync);
        return Answers.read(
                reader.get(new Place(projectName, stageName, serviceName), resourceURI, options), ifNoneMatch);
    }

    @GET
    @Path(RESOURCE + "/history")
    @Operation(
            summary = "List the changes of a file of a service",
            description =
                    "The commits that changed the file, the newest first. A file that is called history itself is served instead. Changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "One page of commits",
            content = @Content(schema = @Schema(implementation = ResourceHistory.class)))
    @APIResponse(responseCode = "400", description = "The URI is no path below the service, or the commit id is none")
    @APIResponse(
            responseCode = "404",
            description = "There is no such project, stage, service or commit, or there never was such a file")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    public RestResponse<?> history(
            String projectName,
            String stageName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey,
            @QueryParam("disableUpstreamSync") String disableUpstreamSync,
            @QueryParam("gitCommitID") String gitCommitID) {
        ReadOptions options = ReadOptions.of(gitCommitID, disableUpstreamSync);
        Place place = new Place(projectName, stageName, serviceName);
        return reader.find(place, resourceURI + "/history", options)
                .<RestResponse<?>>map(file -> Answers.read(file, null))
                .orElseGet(() ->
                        RestResponse.ok(reader.history(place, resourceURI, Page.of(pageSize, nextPageKey), options)));
    }

    @POST
    @Path(RESOURCES)
    @Operation(
            summary = "Add files to a service",
            description =
                    "Writes all files as one commit, over those that exist; what is the same already makes no commit. A .tgz whose path contains helm must be a chart: it is unpacked into a folder of its name.")
    @APIResponse(responseCode = "201", description = "The head of the branch after the write")
    @APIResponse(
            responseCode = "400",
            description = "The service does not exist, a URI is no path below it, or a content is no base64")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match is not met; nothing is written")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "A resourceURI is missing")
    public RestResponse<Version> addAll(
            String projectName,
            String stageName,
            String serviceName,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            ResourceListRequest resources) {
        Preconditions conditions = new Preconditions(ifMatch, ifNoneMatch);
        return Answers.written(writer.putAll(
                new Place(projectName, stageName, serviceName), required(resources), "Added resources", conditions));
    }

    @PUT
    @Path(RESOURCES)
    @Operation(
            summary = "Update files of a service",
            description =
                    "Writes all files as one commit, also those that are new; what is the same already makes no commit. A .tgz whose path contains helm must be a chart: it is unpacked into a folder of its name.")
    @APIResponse(responseCode = "201", description = "The head of the branch after the write")
    @APIResponse(
            responseCode = "400",
            description = "The service does not exist, a URI is no path below it, or a content is no base64")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match is not met; nothing is written")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "A resourceURI is missing")
    public RestResponse<Version> updateAll(
            String projectName,
            String stageName,
            String serviceName,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            ResourceListRequest resources) {
        Preconditions conditions = new Preconditions(ifMatch, ifNoneMatch);
        return Answers.written(writer.putAll(
                new Place(projectName, stageName, serviceName), required(resources), "Updated resources", conditions));
    }

    @PUT
    @Path(RESOURCE)
    @Operation(
            summary = "Write a file of a service",
            description = "The path says which file, whatever resourceURI the body has. Nothing is unpacked.")
    @APIResponse(responseCode = "201", description = "The head of the branch after the write")
    @APIResponse(
            responseCode = "400",
            description = "The service does not exist, a URI is no path below it, or a content is no base64")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match is not met; nothing is written")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "A resourceURI is missing")
    public RestResponse<Version> put(
            String projectName,
            String stageName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            ResourceRequest resource) {
        Preconditions conditions = new Preconditions(ifMatch, ifNoneMatch);
        return Answers.written(writer.put(
                new Place(projectName, stageName, serviceName), resourceURI, required(resource), conditions));
    }

    @DELETE
    @Path(RESOURCE)
    @ResponseStatus(204)
    @Operation(summary = "Delete a file of a service", description = "As a commit: earlier states keep the file.")
    @APIResponse(responseCode = "204", description = "The file is deleted")
    @APIResponse(responseCode = "400", description = "The service does not exist, or the URI is no path below it")
    @APIResponse(responseCode = "404", description = "There is no such file")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match is not met; nothing is deleted")
    public void delete(
            String projectName,
            String stageName,
            String serviceName,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        writer.delete(
                new Place(projectName, stageName, serviceName), resourceURI, new Preconditions(ifMatch, ifNoneMatch));
    }
}
