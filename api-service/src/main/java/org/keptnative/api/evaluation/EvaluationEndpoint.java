package org.keptnative.api.evaluation;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.event.EventContext;

/** Evaluations of a service by its quality gates. */
@Path("/v1/project/{projectName}/stage/{stageName}/service/{serviceName}/evaluation")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Evaluations")
public class EvaluationEndpoint {

    private final EvaluationTrigger trigger;

    EvaluationEndpoint(EvaluationTrigger trigger) {
        this.trigger = trigger;
    }

    @POST
    @Operation(
            summary = "Start an evaluation",
            description = "Stores sh.keptn.event.start-evaluation, on which a lighthouse-service evaluates the service"
                    + " in the given time: from start for timeframe, from start to end, the timeframe just past, or"
                    + " the last five minutes.")
    @APIResponse(responseCode = "200", description = "The event is stored; those that follow share its context")
    @APIResponse(
            responseCode = "400",
            description = "There is no such project, stage or service, or the time is not clear or under a minute")
    public Uni<EventContext> trigger(
            @PathParam("projectName") String project,
            @PathParam("stageName") String stage,
            @PathParam("serviceName") String service,
            Evaluation evaluation) {
        if (evaluation == null) {
            throw ApiException.badRequest("the body must be an evaluation, for example {\"timeframe\":\"5m\"}");
        }
        return trigger.trigger(project, stage, service, evaluation);
    }
}
