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
import org.keptnative.configuration.service.Remediation;

import static org.keptnative.configuration.error.RequestBody.required;

/** The open remediations of a service in a stage. */
@Path("/v1/project/{projectName}/stage/{stageName}/service/{serviceName}/remediation")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Remediations")
class RemediationEndpoint {

    private final Remediations remediations;

    RemediationEndpoint(Remediations remediations) {
        this.remediations = remediations;
    }

    @POST
    @Operation(
            summary = "Open a remediation",
            description = "Adds a step of a remediation to the service. One that is open for the same event stays as it"
                    + " is. The newest 1 000 are kept.")
    @APIResponse(responseCode = "200", description = "The remediation is open")
    @APIResponse(responseCode = "400", description = "The remediation names no event, or a member is too long")
    @APIResponse(responseCode = "404", description = "There is no such project, stage or service")
    @ResponseStatus(200)
    public void open(String projectName, String stageName, String serviceName, Remediation remediation) {
        remediations.open(projectName, stageName, serviceName, required(remediation));
    }

    @GET
    @Operation(
            summary = "List the open remediations of a service",
            description = "In the order in which they were opened. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of remediations")
    @APIResponse(responseCode = "404", description = "There is no such project, stage or service")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    public OpenRemediations list(
            String projectName,
            String stageName,
            String serviceName,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey) {
        return OpenRemediations.of(
                Page.of(pageSize, nextPageKey).of(remediations.of(projectName, stageName, serviceName)));
    }

    @GET
    @Path("/{keptnContext}")
    @Operation(
            summary = "List the open remediations of a context",
            description = "Those of the service that belong to a keptnContext, in the order in which they were opened."
                    + " An unknown context has none. Changes nothing.")
    @APIResponse(responseCode = "200", description = "One page of remediations")
    @APIResponse(responseCode = "404", description = "There is no such project, stage or service")
    @APIResponse(responseCode = "422", description = "The page size is not between 1 and 50")
    public OpenRemediations listOfContext(
            String projectName,
            String stageName,
            String serviceName,
            String keptnContext,
            @QueryParam("pageSize") String pageSize,
            @QueryParam("nextPageKey") String nextPageKey) {
        return OpenRemediations.of(Page.of(pageSize, nextPageKey)
                .of(remediations.ofContext(projectName, stageName, serviceName, keptnContext)));
    }

    @DELETE
    @Path("/{keptnContext}")
    @Operation(
            summary = "Close the remediations of a context",
            description = "Removes all open remediations of the keptnContext from the service.")
    @APIResponse(responseCode = "200", description = "The remediations are closed")
    @APIResponse(responseCode = "400", description = "There is no such stage or service")
    @APIResponse(responseCode = "404", description = "There is no such project, or no such remediation is open")
    @ResponseStatus(200)
    public void close(String projectName, String stageName, String serviceName, String keptnContext) {
        remediations.close(projectName, stageName, serviceName, keptnContext);
    }
}
