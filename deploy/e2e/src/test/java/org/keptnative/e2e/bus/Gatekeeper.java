package org.keptnative.e2e.bus;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.installation.Installation;

import java.util.Map;

/**
 * Decides by the shipyard what becomes of a good evaluation, as gatekeeper-service does: the next stage asks for an
 * approval, which it gives itself or, where the strategy is manual, leaves open at configuration-service.
 */
final class Gatekeeper extends KeptnService {

    private static final String REMEDIATION = "real-user";

    Gatekeeper(Installation installation) {
        super("gatekeeper-service", installation);
    }

    @Override
    void listen(Bus bus) {
        on(bus, "sh.keptn.events.evaluation-done", this::askForApproval);
        on(bus, "sh.keptn.event.approval.triggered", this::approveOrWait);
        on(bus, "sh.keptn.event.approval.finished", this::promote);
    }

    private void askForApproval(JsonNode event) throws Exception {
        JsonNode data = event.path("data");
        if (data.path("teststrategy").asText().equals(REMEDIATION)) {
            return;
        }
        if (!data.has("image")) { // nothing was deployed, so nothing can be promoted
            reportTheEnd(event);
            return;
        }
        var next = Shipyard.parse(file(event, "shipyard.yaml"))
                .after(data.path("stage").asText());
        if (next.isPresent()) {
            send(event, "sh.keptn.event.approval.triggered", Map.of("stage", next.get()));
        } else {
            reportTheEnd(event);
        }
    }

    private void approveOrWait(JsonNode event) throws Exception {
        JsonNode data = event.path("data");
        if (Shipyard.parse(file(event, "shipyard.yaml"))
                .isAutomatic(data.path("stage").asText())) {
            send(
                    event,
                    "sh.keptn.event.approval.finished",
                    Map.of("approval", Map.of("result", "pass", "status", "succeeded")));
            return;
        }
        configuration(
                        event,
                        "POST",
                        "/approval",
                        Map.of(
                                "eventId", event.path("id").asText(),
                                "image", data.path("image").asText(),
                                "tag", data.path("tag").asText(),
                                "keptnContext", event.path("shkeptncontext").asText(),
                                "time", event.path("time").asText()))
                .then()
                .statusCode(200);
        report(event, "waiting for an approval of " + data.path("stage").asText());
        reportTheEnd(event);
    }

    private void promote(JsonNode event) throws Exception {
        JsonNode data = event.path("data");
        String image = data.path("image").asText() + ":" + data.path("tag").asText();
        if (event.has("triggeredid")) {
            String approval = "/approval/" + event.path("triggeredid").asText();
            var open = configuration(event, "GET", approval, null)
                    .then()
                    .statusCode(200)
                    .extract();
            image = open.path("image") + ":" + open.path("tag");
            configuration(event, "DELETE", approval, null).then().statusCode(200);
        }
        send(
                event,
                "sh.keptn.event.configuration.change",
                Map.of("valuesCanary", Map.of("image", image), "canary", Map.of("action", "set", "value", 100)));
    }
}
