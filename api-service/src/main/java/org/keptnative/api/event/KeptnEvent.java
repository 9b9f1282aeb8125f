package org.keptnative.api.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

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
        ObjectNode data) {

    static final String DEFAULT_SOURCE = "https://github.com/keptn/keptn/api";

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static KeptnEvent now(String type, String source, String context, String triggeredId, ObjectNode data) {
        return new KeptnEvent(
                "0.2",
                UUID.randomUUID().toString(),
                MILLISECONDS.format(Instant.now()),
                type,
                source,
                "application/json",
                context,
                triggeredId,
                data);
    }
}
