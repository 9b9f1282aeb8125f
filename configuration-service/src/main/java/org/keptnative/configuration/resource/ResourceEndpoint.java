package org.keptnative.configuration.resource;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.keptnative.configuration.paging.Page;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;
import static org.keptnative.configuration.error.RequestBody.required;

/** What can be done with files, wherever they are: the endpoints of the three levels differ in their path alone. */
@RegisterForReflection( // who reads bodies looks for their annotations, in an executable at declared methods only
        targets = {
            ResourceEndpoint.class,
            ProjectResourceEndpoint.class,
            StageResourceEndpoint.class,
            ServiceResourceEndpoint.class
        },
        fields = false)
abstract class ResourceEndpoint {

    private static final String RESOURCE = "/{resourceURI: .+}";

    private final ResourceReader reader;
    private final ResourceWriter writer;

    ResourceEndpoint(ResourceReader reader, ResourceWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @GET
    @Operation(
            summary = "List the files",
            description =
                    "Without their contents, in the order of their paths, each with a leading slash. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of files; the entity tag is the commit")
    @APIResponse(responseCode = "304", description = "If-None-Match names the present entity tag")
    @APIResponse(responseCode = "400", description = "The commit id is none")
    @APIResponse(responseCode = "404", description = "What the path names does not exist, or there is no such commit")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    public RestResponse<Resources> list(
            @BeanParam PlacePath at,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey,
            @QueryParam("disableUpstreamSync") String disableUpstreamSync,
            @QueryParam("gitCommitID") String gitCommitID,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        ReadOptions options = ReadOptions.of(gitCommitID, disableUpstreamSync);
        return Answers.read(reader.list(at.place(), Page.of(pageSize, nextPageKey), options), ifNoneMatch);
    }

    @GET
    @Path(RESOURCE)
    @Operation(
            summary = "Get a file",
            description = "In base64; an empty file has no resourceContent. The Helm chart of a service is packed into"
                    + " an archive again. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The file; the entity tag changes with its content")
    @APIResponse(responseCode = "304", description = "If-None-Match names the present entity tag")
    @APIResponse(responseCode = "400", description = "The URI leaves its place, or the commit id is none")
    @APIResponse(
            responseCode = "404",
            description = "What the path names does not exist, or there is no such file or commit")
    public RestResponse<Resource> get(
            @BeanParam PlacePath at,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @QueryParam("disableUpstreamSync") String disableUpstreamSync,
            @QueryParam("gitCommitID") String gitCommitID,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        ReadOptions options = ReadOptions.of(gitCommitID, disableUpstreamSync);
        return Answers.read(reader.get(at.place(), resourceURI, options), ifNoneMatch);
    }

    @GET
    @Path(RESOURCE + "/history")
    @Operation(
            summary = "List the changes of a file",
            description = "The commits that changed the file, the newest first. A page may be short, or empty, although"
                    + " there are more: as long as nextPageKey is not 0. A file that is called history itself is served"
                    + " instead. Changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "One page of commits",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = ResourceHistory.class)))
    @APIResponse(responseCode = "400", description = "The URI leaves its place, or the commit id is none")
    @APIResponse(
            responseCode = "404",
            description = "What the path names does not exist, there is no such commit, or there never was such a file")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    public RestResponse<?> history(
            @BeanParam PlacePath at,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey,
            @QueryParam("disableUpstreamSync") String disableUpstreamSync,
            @QueryParam("gitCommitID") String gitCommitID) {
        ReadOptions options = ReadOptions.of(gitCommitID, disableUpstreamSync);
        return reader.find(at.place(), resourceURI + "/history", options)
                .<RestResponse<?>>map(file -> Answers.read(file, null))
                .orElseGet(() -> RestResponse.ok(
                        reader.history(at.place(), resourceURI, Page.of(pageSize, null), nextPageKey, options)));
    }

    @POST
    @Operation(
            summary = "Add files",
            description = "Writes all files as one commit, over those that exist; what is the same already makes no"
                    + " commit. What a service is to have at helm/NAME.tgz must be a Helm chart: it is unpacked into the"
                    + " folder helm/NAME.")
    @APIResponse(
            responseCode = "201",
            description = "The head of the branch after the write",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = Version.class)))
    @APIResponse(
            responseCode = "400",
            description = "What the path names does not exist, a URI is not allowed, a content is no base64, an archive"
                    + " is no chart, or the shipyard or metadata would not say any more what there is")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match is not met; nothing is written")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "A resourceURI is missing")
    public RestResponse<Version> addAll(
            @BeanParam PlacePath at,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            ResourceListRequest resources) {
        Preconditions conditions = new Preconditions(ifMatch, ifNoneMatch);
        return Answers.written(writer.putAll(at.place(), required(resources), "Added resources", conditions));
    }

    @PUT
    @Operation(
            summary = "Update files",
            description = "Writes all files as one commit, also those that are new; what is the same already makes no"
                    + " commit. What a service is to have at helm/NAME.tgz must be a Helm chart: it is unpacked into the"
                    + " folder helm/NAME.")
    @APIResponse(
            responseCode = "201",
            description = "The head of the branch after the write",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = Version.class)))
    @APIResponse(
            responseCode = "400",
            description = "What the path names does not exist, a URI is not allowed, a content is no base64, an archive"
                    + " is no chart, or the shipyard or metadata would not say any more what there is")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match is not met; nothing is written")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "A resourceURI is missing")
    public RestResponse<Version> updateAll(
            @BeanParam PlacePath at,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            ResourceListRequest resources) {
        Preconditions conditions = new Preconditions(ifMatch, ifNoneMatch);
        return Answers.written(writer.putAll(at.place(), required(resources), "Updated resources", conditions));
    }

    @PUT
    @Path(RESOURCE)
    @Operation(
            summary = "Write a file",
            description = "The path says which file, whatever resourceURI the body has. Nothing is unpacked.")
    @APIResponse(
            responseCode = "201",
            description = "The head of the branch after the write",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = Version.class)))
    @APIResponse(
            responseCode = "400",
            description = "What the path names does not exist, a URI is not allowed, a content is no base64, or the"
                    + " shipyard or metadata would not say any more what there is")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match is not met; nothing is written")
    @APIResponse(responseCode = "413", description = "The request is too large")
    @APIResponse(responseCode = "422", description = "A resourceURI is missing")
    public RestResponse<Version> put(
            @BeanParam PlacePath at,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            ResourceRequest resource) {
        Preconditions conditions = new Preconditions(ifMatch, ifNoneMatch);
        return Answers.written(writer.put(at.place(), resourceURI, required(resource), conditions));
    }

    @DELETE
    @Path(RESOURCE)
    @ResponseStatus(204)
    @Operation(summary = "Delete a file", description = "As a commit: earlier states keep the file.")
    @APIResponse(responseCode = "204", description = "The file is deleted")
    @APIResponse(
            responseCode = "400",
            description =
                    "What the path names does not exist, the URI leaves its place, or the file says what there is")
    @APIResponse(responseCode = "404", description = "There is no such file")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match is not met; nothing is deleted")
    public void delete(
            @BeanParam PlacePath at,
            @Encoded @PathParam("resourceURI") String resourceURI,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        writer.delete(at.place(), resourceURI, new Preconditions(ifMatch, ifNoneMatch));
    }
}
