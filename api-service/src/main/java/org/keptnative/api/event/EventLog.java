package org.keptnative.api.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.progress.ChannelToken;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Completes the envelope of an event and stores it. */
@ApplicationScoped
public class EventLog {

    private final Datastore datastore;
    private final ChannelToken tokens;

    EventLog(Datastore datastore, ChannelToken tokens) {
        this.datastore = datastore;
        this.tokens = tokens;
    }

    /** The context of a new sequence; nothing is stored yet. */
    public EventContext newContext() {
        return context(KeptnContext.random());
    }

    /** Stores an event of this service's own; completes when it is durable. */
    public Uni<EventContext> store(String type, EventContext context, ObjectNode data) {
        return store(new IncomingEvent(type, IncomingEvent.DEFAULT_SOURCE, null, null, Map.of(), data), context);
    }

    Uni<EventContext> store(IncomingEvent event) {
        return store(event, context(KeptnContext.of(event.context())));
    }

    private Uni<EventContext> store(IncomingEvent event, EventContext context) {
        event.data()
                .putObject("eventContext")
                .put("keptnContext", context.keptnContext())
                .put("token", context.token());
        return datastore.store(stored(event, context.keptnContext())).replaceWith(context);
    }

    /** The event as it is stored: a CloudEvent 0.2. */
    private static ObjectNode stored(IncomingEvent event, String keptnContext) {
        ObjectNode stored = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "0.2")
                .put("id", UUID.randomUUID().toString())
                .put("time", Timestamp.of(Instant.now()))
                .put("type", event.type())
                .put("source", event.source())
                .put("contenttype", "application/json")
                .put("shkeptncontext", keptnContext);
        if (event.triggeredId() != null) {
            stored.put("triggeredid", event.triggeredId());
        }
        stored.setAll(event.extensions());
        return stored.set("data", event.data());
    }

    private EventContext context(String keptnContext) {
        return new EventContext(keptnContext, tokens.mint());
    }
}
