package org.keptnative.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.progress.ChannelToken;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Completes the envelope of an event and stores it. */
@ApplicationScoped
public class EventLog {

    /** In characters, of which each may become nine in the URI that asks for it. */
    private static final int LONGEST_ID = 1_000;

    private final Datastore datastore;
    private final ChannelToken tokens;

    EventLog(Datastore datastore, ChannelToken tokens) {
        this.datastore = datastore;
        this.tokens = tokens;
    }

    /** The context of a new sequence; nothing is stored yet. */
    public EventContext newContext() {
        return contextOf(KeptnContext.random());
    }

    /** Stores an event of this service's own; completes when it is durable. */
    public Uni<EventContext> store(String type, EventContext context, ObjectNode data) {
        return store(type, randomId(), context, data);
    }

    /** The same under a given id, so that it may be done again and stores one event. */
    public Uni<EventContext> store(String type, String id, EventContext context, ObjectNode data) {
        return store(
                new IncomingEvent(type, IncomingEvent.DEFAULT_SOURCE, null, null, null, Map.of(), data), id, context);
    }

    /** Whether an event of this service's own is stored. */
    public Uni<Boolean> isStored(String id) {
        return known(id, IncomingEvent.DEFAULT_SOURCE).map(Optional::isPresent);
    }

    /**
     * Stores an event of a client's under its own id, so that it may be sent again when the answer was lost: the repeat
     * changes nothing and is answered alike. An id that another event of that source has already is replaced, and so is
     * one too long to be asked for.
     */
    Uni<EventContext> store(IncomingEvent event) {
        return event.id() == null || event.id().length() > LONGEST_ID
                ? store(event, randomId())
                : known(event.id(), event.source())
                        .flatMap(known -> known.map(earlier -> EventIdentity.isSame(event, earlier)
                                        ? Uni.createFrom()
                                                .item(contextOf(earlier.path("shkeptncontext")
                                                        .asText()))
                                        : store(event, randomId()))
                                .orElseGet(() -> storeUnderItsId(event)));
    }

    /** Of different events that come under one id at once, one is stored under it: the others get ids of their own. */
    private Uni<EventContext> storeUnderItsId(IncomingEvent event) {
        return store(event, event.id())
                .flatMap(context -> known(event.id(), event.source())
                        .flatMap(stored -> stored.isEmpty() || EventIdentity.isSame(event, stored.get())
                                ? Uni.createFrom().item(context)
                                : store(event, randomId())));
    }

    private Uni<Optional<JsonNode>> known(String id, String source) {
        return datastore
                .events(Map.of("eventID", id, "source", source, "pageSize", "1"))
                .map(events -> Optional.ofNullable(events.get(0)));
    }

    private Uni<EventContext> store(IncomingEvent event, String id) {
        String context =
                event.context() == null ? KeptnContext.ofEvent(event.source(), id) : KeptnContext.of(event.context());
        return store(event, id, contextOf(context));
    }

    private Uni<EventContext> store(IncomingEvent event, String id, EventContext context) {
        event.data()
                .putObject("eventContext")
                .put("keptnContext", context.keptnContext())
                .put("token", context.token());
        return datastore
                .store(stored(event, id, context.keptnContext()))
                .replaceWith(context)
                .onFailure(EventLog::isUncertain)
                .transform(failure -> new ApiException(
                        503,
                        failure.getMessage() + "; the event may be stored all the same: look for it by eventID=" + id
                                + ", or send it again with \"id\": \"" + id + "\", which stores it once",
                        failure));
    }

    private static boolean isUncertain(Throwable failure) {
        return failure instanceof ApiException refusal && refusal.status() == 503;
    }

    /** The event as it is stored: a CloudEvent 0.2. */
    private static ObjectNode stored(IncomingEvent event, String id, String keptnContext) {
        ObjectNode stored = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "0.2")
                .put("id", id)
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

    /** A context that there is already, with a token. */
    public EventContext contextOf(String keptnContext) {
        return new EventContext(keptnContext, tokens.mint());
    }

    private static String randomId() {
        return UUID.randomUUID().toString();
    }
}
