package org.keptnative.configuration.project;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.upstream.Upstreams;

import static org.keptnative.configuration.error.RequestBody.required;

/** What can be done about the upstream of a project. */
@Path("/v1/project/{projectName}/upstream")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projects")
class UpstreamEndpoint {

    private final ProjectStore projects;
    private final Upstreams upstreams;
    private final ProjectLifecycle lifecycle;

    UpstreamEndpoint(ProjectStore projects, Upstreams upstreams, ProjectLifecycle lifecycle) {
        this.projects = projects;
        this.upstreams = upstreams;
        this.lifecycle = lifecycle;
    }

    @POST
    @Path("/refresh")
    @Consumes(MediaType.WILDCARD)
    @ResponseStatus(204)
    @Operation(
            summary = "Fetch what was pushed to the upstream",
            description =
                    "For a webhook of the Git server; whatever body it sends is ignored. Reads ask the upstream on"
                            + " their own, unless UPSTREAM_FETCH_INTERVAL spares them that.")
    @APIResponse(responseCode = "204", description = "The project has what the upstream has")
    @APIResponse(responseCode = "400", description = "The project has no upstream, or it cannot be used")
    @APIResponse(responseCode = "404", description = "There is no such project")
    @APIResponse(responseCode = "503", description = "The upstream does not answer in time")
    public void refresh(String projectName) {
        upstreams.ask(projects.get(projectName));
    }

    @POST
    @Path("/reconcile")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(204)
    @Operation(
            summary = "INTERNAL Endpoint: Decide about branches that have diverged from the upstream",
            description = "A branch that was rewritten in the upstream is followed, and what was here is kept under"
                    + " refs/backup. One that vanished, or has no commit in common with what is here, is not followed: it"
                    + " can be read, but not written. `upstream` takes the upstream's state over, `project` pushes that"
                    + " of the project; the other one is kept under refs/backup. Stages that the upstream does not have"
                    + " go with `upstream`.",
            deprecated = true)
    @APIResponse(responseCode = "204", description = "Project and upstream have the same state")
    @APIResponse(
            responseCode = "400",
            description = "`keep` is neither upstream nor project, the project has no upstream, the upstream has no"
                    + " master, or it cannot be used")
    @APIResponse(responseCode = "404", description = "There is no such project")
    public void reconcile(String projectName, ReconcileRequest request) {
        String keep = String.valueOf(required(request).keep());
        switch (keep) {
            case "upstream" -> lifecycle.reconcile(projectName, true);
            case "project" -> lifecycle.reconcile(projectName, false);
            default -> throw ApiException.badRequest("keep must be upstream or project");
        }
    }
}
