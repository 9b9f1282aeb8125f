package org.keptnative.e2e.bus;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.installation.Installation;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers a problem by an action and evaluates what it did, as remediation-service does with a provider of actions. */
final class RemediationService extends KeptnService {

    private static final String STATUS_CHANGED = "sh.keptn.event.remediation.status.changed";

    RemediationService(Installation installation) {
        super("remediation-service", installation);
    }

    @Override
    void listen(Bus bus) {
        on(bus, "sh.keptn.event.problem.open", this::start);
        on(bus, "sh.keptn.event.action.triggered", event -> {
            send(event, "sh.keptn.event.action.started", Map.of());
            send(event, "sh.keptn.event.action.finished", Map.of("action", Map.of("result", "pass")));
        });
        on(bus, "sh.keptn.event.action.finished", event -> {
            remember(event, "sh.keptn.event.action.finished");
            send(event, STATUS_CHANGED, Map.of("remediation", Map.of("status", "succeeded")));
            send(event, "sh.keptn.event.start-evaluation", Map.of("teststrategy", "real-user"));
        });
        on(bus, "sh.keptn.events.evaluation-done", event -> {
            if (event.at("/data/teststrategy").asText().equals("real-user")) {
                finish(event);
            }
        });
    }

    private void start(JsonNode event) throws Exception {
        remember(event, "sh.keptn.event.remediation.triggered");
        report(event, "remediation of " + event.at("/data/ProblemTitle").asText());
        send(event, "sh.keptn.event.remediation.triggered", Map.of());
        send(event, "sh.keptn.event.remediation.started", Map.of());
        send(event, "sh.keptn.event.action.triggered", Map.of("action", Map.of("action", "togglefeature")));
    }

    private void remember(JsonNode event, String type) {
        configuration(
                        event,
                        "POST",
                        "/remediation",
                        Map.of(
                                "eventId", event.path("id").asText(),
                                "keptnContext", event.path("shkeptncontext").asText(),
                                "type", type,
                                "time", event.path("time").asText()))
                .then()
                .statusCode(200);
    }

    private void finish(JsonNode event) throws Exception {
        String remediation = "/remediation/" + event.path("shkeptncontext").asText();
        List<String> steps = configuration(event, "GET", remediation, null)
                .then()
                .statusCode(200)
                .extract()
                .path("remediations.type");
        assertThat(steps).containsExactly("sh.keptn.event.remediation.triggered", "sh.keptn.event.action.finished");
        configuration(event, "DELETE", remediation, null).then().statusCode(200);
        send(event, "sh.keptn.event.remediation.finished", Map.of());
        reportTheEnd(event);
    }
}
