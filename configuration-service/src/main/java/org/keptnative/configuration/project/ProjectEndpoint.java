package org.keptnative.configuration.project;

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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.keptnative.configuration.paging.Page;

import static org.keptnative.configuration.error.RequestBody.required;

/** The projects. */
@Path("/v1/project")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Projects")
class ProjectEndpoint {

    private static final String UPSTREAM_EXAMPLE = """
            {"projectName": "sockshop", "gitUser": "keptn", "gitToken": "a-git-token",
             "gitRemoteURI": "https://git.example.org/sockshop.git"}""";

    private final ProjectReader reader;
    private final ProjectWriter writer;

    ProjectEndpoint(ProjectReader reader, ProjectWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @GET
    @Operation(
            summary = "List the projects",
            description = "In the order of their creation, with their stages and services. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of projects")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    @Parameter(ref = "disableUpstreamSync")
    public ExpandedProjects list(
            @QueryParam("pageSize") String pageSize, @QueryParam("nextPageKey") String nextPageKey) {
        return ExpandedProjects.of(reader.list(Page.of(pageSize, nextPageKey)));
    }

    @GET
    @Path("/{projectName}")
    @Operation(summary = "Get a project", description = "With its stages and services. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The project")
    @APIResponse(responseCode = "404", description = "There is no such project")
    public ExpandedProject get(String projectName) {
        return reader.get(projectName);
    }

    @POST
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Create a project",
            description = "Creates the repository of the project with its stages and its shipyard, all or nothing."
                    + " With the three Git members, the project lives in that upstream as well.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "The project is created")
    @APIResponse(
            responseCode = "400",
            description = "A name is not allowed, the shipyard is no YAML in base64, the project exists already,"
                    + " or the upstream cannot be used")
    public void create(ProjectRequest project) {
        writer.create(required(project));
    }

    @PUT
    @Path("/{projectName}")
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Give a project another upstream",
            description = "Pushes all branches to the upstream, which must be empty or have the same history; only then"
                    + " it replaces the former one. The three Git members are required. Nothing else of a project can"
                    + " be changed.",
            deprecated = true)
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ProjectRequest.class),
                        examples = @ExampleObject(name = "upstream", value = UPSTREAM_EXAMPLE)),
                @Content(
                        mediaType = "application/cloudevents+json",
                        schema = @Schema(implementation = ProjectRequest.class))
            })
    @APIResponse(responseCode = "204", description = "The project has the upstream")
    @APIResponse(
            responseCode = "400",
            description = "There is no such project, a Git member is missing, or the upstream cannot be used")
    public void update(String projectName, ProjectRequest project) {
        writer.update(projectName, required(project));
    }

    @DELETE
    @Path("/{projectName}")
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Delete a project",
            description = "Removes the repository, the credentials of the upstream and what is remembered of the"
                    + " services. The upstream stays as it is.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "There is no such project (any more)")
    @APIResponse(responseCode = "400", description = "No project can be called so")
    public void delete(String projectName) {
        writer.delete(projectName);
    }
}
