package org.keptnative.e2e.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stages of a project in their order, and how a good result gets into each of them. */
record Shipyard(Map<String, String> approvals) {

    static Shipyard parse(String yaml) throws JsonProcessingException {
        Map<String, String> approvals = new LinkedHashMap<>();
        for (JsonNode stage : new YAMLMapper().readTree(yaml).path("stages")) {
            approvals.put(
                    stage.path("name").asText(),
                    stage.at("/approval_strategy/pass").asText("automatic"));
        }
        return new Shipyard(approvals);
    }

    String first() {
        return approvals.keySet().iterator().next();
    }

    Optional<String> after(String stage) {
        List<String> stages = List.copyOf(approvals.keySet());
        int next = stages.indexOf(stage) + 1;
        return next < stages.size() ? Optional.of(stages.get(next)) : Optional.empty();
    }

    boolean isAutomatic(String stage) {
        return approvals.get(stage).equals("automatic");
    }
}
