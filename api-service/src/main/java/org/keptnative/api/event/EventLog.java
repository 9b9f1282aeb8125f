package org.keptnative.api.event;

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
        ObjectNode data = event.data();
        data.putObject("eventContext")
                .put("keptnContext", context.keptnContext())
                .put("token", context.token());
        KeptnEvent stored = new KeptnEvent(
                "0.2",
                UUID.randomUUID().toString(),
                Timestamp.of(Instant.now()),
                event.type(),
                event.source(),
                "application/json",
                context.keptnContext(),
                event.triggeredId(),
                event.extensions(),
                data);
        return datastore.store(stored).replaceWith(context);
    }

    private EventContext context(String keptnContext) {
        return new EventContext(keptnContext, tokens.mint());
    }
}
