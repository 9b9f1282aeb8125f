package org.keptnative.configuration.history;

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
import org.keptnative.configuration.service.Approval;

import static org.keptnative.configuration.error.RequestBody.required;

/** The open approvals of a service in a stage. */
@Path("/v1/project/{projectName}/stage/{stageName}/service/{serviceName}/approval")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Approvals")
class ApprovalEndpoint {

    private final Approvals approvals;

    ApprovalEndpoint(Approvals approvals) {
        this.approvals = approvals;
    }

    @POST
    @Operation(
            summary = "Open an approval",
            description =
                    "Adds an open approval to the service. One that is open for the same event stays as it is. The newest"
                            + " 1 000 are kept.")
    @APIResponse(responseCode = "200", description = "The approval is open")
    @APIResponse(responseCode = "400", description = "The approval names no event, or a member is too long")
    @APIResponse(responseCode = "404", description = "There is no such project, stage or service")
    @ResponseStatus(200)
    public void open(String projectName, String stageName, String serviceName, Approval approval) {
        approvals.open(projectName, stageName, serviceName, required(approval));
    }

    @GET
    @Operation(
            summary = "List the open approvals of a service",
            description = "In the order in which they were opened. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of approvals")
    @APIResponse(responseCode = "404", description = "There is no such project, stage or service")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    public OpenApprovals list(
            String projectName,
            String stageName,
            String serviceName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey) {
        return OpenApprovals.of(Page.of(pageSize, nextPageKey).of(approvals.of(projectName, stageName, serviceName)));
    }

    @GET
    @Path("/{approvalID}")
    @Operation(
            summary = "Get an open approval",
            description = "By the id of the event that asks for it. Changes nothing.")
    @APIResponse(responseCode = "200", description = "The approval")
    @APIResponse(responseCode = "404", description = "There is no such project, stage, service or open approval")
    public Approval get(String projectName, String stageName, String serviceName, String approvalID) {
        return approvals.get(projectName, stageName, serviceName, approvalID);
    }

    @DELETE
    @Path("/{approvalID}")
    @Operation(summary = "Close an approval", description = "Removes the open approval of this event from the service.")
    @APIResponse(responseCode = "200", description = "The approval is closed")
    @APIResponse(responseCode = "400", description = "There is no such stage or service")
    @APIResponse(responseCode = "404", description = "There is no such project, or no such approval is open")
    @ResponseStatus(200)
    public void close(String projectName, String stageName, String serviceName, String approvalID) {
        approvals.close(projectName, stageName, serviceName, approvalID);
    }
}
