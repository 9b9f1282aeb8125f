package org.keptnative.api.event;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.Map;

/** An event as it is stored: a CloudEvent 0.2 in structured JSON. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptnEvent(
        String specversion,
        String id,
        String time,
        String type,
        String source,
        String contenttype,
        String shkeptncontext,
        String triggeredid,
        @JsonAnyGetter Map<String, JsonNode> extensions,
        ObjectNode data) {}
