package org.keptnative.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Objects;

/** Tells an event that is sent again from another one under the same id, as files have that people change and reuse. */
final class EventIdentity {

    /** Differs each time: it holds the token of the answer. */
    private static final String EVENT_CONTEXT = "eventContext";

    private EventIdentity() {}

    static boolean isSame(IncomingEvent event, JsonNode stored) {
        return event.type().equals(stored.path("type").textValue())
                && Objects.equals(
                        event.triggeredId(), stored.path("triggeredid").textValue())
                && (event.context() == null
                        || KeptnContext.of(event.context())
                                .equals(stored.path("shkeptncontext").textValue()))
                && stored.path("data") instanceof ObjectNode data
                && withoutToken(event.data()).equals(withoutToken(data));
    }

    private static ObjectNode withoutToken(ObjectNode data) {
        data.remove(EVENT_CONTEXT);
        return data;
    }
}
