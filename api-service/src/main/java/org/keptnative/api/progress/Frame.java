package org.keptnative.api.progress;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** One line of progress as clients read it from the websocket, a CloudEvent with {@code contentType} in camel case. */
@RegisterForReflection
record Frame(
        String specversion,
        String contentType,
        String id,
        String time,
        String type,
        String source,
        String shkeptncontext,
        Data data) {

    @RegisterForReflection
    record Data(String message, boolean terminate, String loglevel) {}

    static Frame of(String context, String message, boolean terminate, String level) {
        return new Frame(
                "0.2",
                "application/json",
                UUID.randomUUID().toString(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                "sh.keptn.events.log",
                "https://github.com/keptn/keptn/api",
                context,
                new Data(message, terminate, level));
    }
}
