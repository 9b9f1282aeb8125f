package org.keptnative.api.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.progress.ChannelToken;

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
        return store(type, KeptnEvent.DEFAULT_SOURCE, context, null, data);
    }

    Uni<EventContext> store(IncomingEvent event) {
        return store(
                event.type(),
                event.source(),
                context(KeptnContext.of(event.context())),
                event.triggeredId(),
                event.data());
    }

    private Uni<EventContext> store(
            String type, String source, EventContext context, String triggeredId, ObjectNode data) {
        data.putPOJO("eventContext", context);
        return datastore
                .store(KeptnEvent.now(type, source, context.keptnContext(), triggeredId, data))
                .replaceWith(context);
    }

    private EventContext context(String keptnContext) {
        return new EventContext(keptnContext, tokens.mint());
    }
}
