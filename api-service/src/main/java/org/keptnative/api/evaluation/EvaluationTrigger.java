package org.keptnative.api.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.client.Configuration;
import org.keptnative.api.command.Names;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.event.EventContext;
import org.keptnative.api.event.EventLog;
import org.keptnative.api.event.Timestamp;

import java.time.Instant;

/** Asks whoever evaluates services to evaluate one. */
@ApplicationScoped
class EvaluationTrigger {

    private final Configuration configuration;
    private final EventLog log;

    EvaluationTrigger(Configuration configuration, EventLog log) {
        this.configuration = configuration;
        this.log = log;
    }

    Uni<EventContext> trigger(String project, String stage, String service, Evaluation evaluation) {
        Names.checkProject(project);
        Names.checkStage(stage);
        Names.checkService(service);
        return configuration
                .service(project, stage, service)
                .onFailure(ApiException.class)
                .transform(EvaluationTrigger::asBadRequest)
                .chain(() -> log.store(
                        "sh.keptn.event.start-evaluation",
                        log.newContext(),
                        data(project, stage, service, evaluation)));
    }

    private static ObjectNode data(String project, String stage, String service, Evaluation evaluation) {
        EvaluationWindow window =
                EvaluationWindow.of(evaluation.start(), evaluation.end(), evaluation.timeframe(), Instant.now());
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("project", project)
                .put("service", service)
                .put("stage", stage)
                .put("teststrategy", "manual")
                .put("deploymentstrategy", "")
                .put("start", Timestamp.of(window.start()))
                .put("end", Timestamp.of(window.end()));
        if (evaluation.labels() == null) {
            return data.putNull("labels");
        }
        ObjectNode labels = data.putObject("labels");
        evaluation.labels().forEach(labels::put);
        return data;
    }

    /** What is not there is the client's mistake, and was always called so. */
    private static Throwable asBadRequest(Throwable failure) {
        return ((ApiException) failure).status() == 404 ? ApiException.badRequest(failure.getMessage()) : failure;
    }
}
