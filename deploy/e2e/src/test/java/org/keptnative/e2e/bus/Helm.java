package org.keptnative.e2e.bus;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.installation.Installation;

import java.util.Map;

/** Deploys what it is told to, as helm-service does: into the first stage where none is named. */
final class Helm extends KeptnService {

    Helm(Installation installation) {
        super("helm-service", installation);
    }

    @Override
    void listen(Bus bus) {
        on(bus, "sh.keptn.event.configuration.change", this::deploy);
    }

    private void deploy(JsonNode event) throws Exception {
        String named = event.at("/data/stage").asText();
        String stage =
                named.isEmpty() ? Shipyard.parse(file(event, "shipyard.yaml")).first() : named;
        String[] image = event.at("/data/valuesCanary/image").asText().split(":");
        report(event, "deployed in " + stage);
        send(
                event,
                "sh.keptn.events.deployment-finished",
                Map.of("stage", stage, "image", image[0], "tag", image[1], "teststrategy", "functional"));
    }
}
