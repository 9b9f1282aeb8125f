package org.keptnative.api.evaluation;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.event.EventContext;

/** Evaluations of a service by its quality gates. */
@Path("/v1/project/{projectName}/stage/{stageName}/service/{serviceName}/evaluation")
public class EvaluationEndpoint {

    private final EvaluationTrigger trigger;

    EvaluationEndpoint(EvaluationTrigger trigger) {
        this.trigger = trigger;
    }

    @POST
    @Consumes({"application/json", "application/cloudevents+json"})
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
