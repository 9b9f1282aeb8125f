package org.keptnative.e2e.bus;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.installation.Installation;

import java.util.Map;

/** Tests what has been deployed or shall be evaluated, as jmeter-service does. */
final class Jmeter extends KeptnService {

    Jmeter(Installation installation) {
        super("jmeter-service", installation);
    }

    @Override
    void listen(Bus bus) {
        on(bus, "sh.keptn.events.deployment-finished", this::test);
        on(bus, "sh.keptn.event.start-evaluation", this::test);
    }

    private void test(JsonNode event) throws Exception {
        report(event, "tested in " + event.at("/data/stage").asText());
        send(event, "sh.keptn.events.tests-finished", Map.of("result", "pass"));
    }
}
