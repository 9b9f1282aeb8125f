package org.keptnative.e2e.bus;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.installation.Installation;

import java.util.List;
import java.util.Map;

/** Evaluates what has been tested, as lighthouse-service and a provider of measurements do it together. */
final class Lighthouse extends KeptnService {

    Lighthouse(Installation installation) {
        super("lighthouse-service", installation);
    }

    @Override
    void listen(Bus bus) {
        on(bus, "sh.keptn.events.tests-finished", this::askForMeasurements);
        on(
                bus,
                "sh.keptn.internal.event.get-sli",
                event -> send(
                        event,
                        "sh.keptn.internal.event.get-sli.done",
                        Map.of("indicatorValues", List.of(Map.of("metric", "response_time_p95", "value", 512.5)))));
        on(bus, "sh.keptn.internal.event.get-sli.done", this::judge);
    }

    private void askForMeasurements(JsonNode event) throws Exception {
        configuration(event, "GET", "/resource/slo.yaml", null).then().statusCode(200);
        send(event, "sh.keptn.internal.event.get-sli", Map.of("indicators", List.of("response_time_p95")));
    }

    private void judge(JsonNode event) throws Exception {
        double measured = event.at("/data/indicatorValues/0/value").asDouble();
        String result = measured < 600 ? "pass" : "fail";
        report(event, "evaluation: " + result);
        send(
                event,
                "sh.keptn.events.evaluation-done",
                Map.of("result", result, "evaluationdetails", Map.of("score", 100)));
    }
}
