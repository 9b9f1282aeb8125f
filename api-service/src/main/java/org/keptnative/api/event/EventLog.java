package org.keptnative.api.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.progress.ChannelToken;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Completes the envelope of an event and stores it. */
@ApplicationScoped
public class EventLog {

    /** In characters, of which each may become nine in the URI that asks for it. */
    private static final int LONGEST_ID = 1_000;

    private static final int BYTES_OF_ENVELOPE = 1_000;

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
                        new IncomingEvent(
                                type,
                                IncomingEvent.DEFAULT_SOURCE,
                                null,
                                null,
                                null,
                                IncomingEvent.NO_EXTENSIONS,
                                data.toString().getBytes(UTF_8)),
                        id,
                        context)
                .replaceWith(context);
    }

    /** Whether an event of this service's own is stored. */
    public Uni<Boolean> isStored(String id) {
        return datastore
                .events(byId(id, IncomingEvent.DEFAULT_SOURCE))
                .map(page -> EventPage.first(page.getBytes(), event -> true).isPresent());
    }

    /**
     * Stores an event of a client's under its own id, so that it may be sent again when the answer was lost: the repeat
     * changes nothing and is answered alike. An id that another event of that source has already is replaced, and so is
     * one too long to be asked for.
     *
     * @param memory whether there is some for so many bytes more, of what is stored already
     */
    Uni<EventContext> store(IncomingEvent event, LongPredicate memory) {
        return event.id() == null || event.id().length() > LONGEST_ID
                ? store(event, randomId())
                : storeOnce(event, memory)
                        .ifNoItem()
                        .after(Datastore.patience(event.data().length + event.extensions().length))
                        .failWith(() -> uncertain("mongodb-datastore does not answer in time", event.id(), null));
    }

    private Uni<EventContext> storeOnce(IncomingEvent event, LongPredicate memory) {
        return known(event, memory)
                .flatMap(known -> known.map(earlier -> earlier.isSame()
                                ? Uni.createFrom().item(contextOf(earlier.context()))
                                : store(event, randomId()))
                        .orElseGet(() -> storeUnderItsId(event, memory)));
    }

    /** Of different events that come under one id at once, one is stored under it: the others get ids of their own. */
    private Uni<EventContext> storeUnderItsId(IncomingEvent event, LongPredicate memory) {
        EventContext context = contextOf(event, event.id());
        return store(event, event.id(), context)
                .flatMap(isNew -> isNew
                        ? Uni.createFrom().item(context)
                        : known(event, memory)
                                .flatMap(
                                        stored -> stored.map(KnownEvent::isSame).orElse(true)
                                                ? Uni.createFrom().item(context)
                                                : store(event, randomId())));
    }

    private Uni<Optional<KnownEvent>> known(IncomingEvent event, LongPredicate memory) {
        return datastore
                .events(byId(event.id(), event.source()), memory)
                .map(page -> EventPage.first(page.getBytes(), stored -> KnownEvent.compare(event, stored)));
    }

    private static Map<String, String> byId(String id, String source) {
        return Map.of("eventID", id, "source", source, "pageSize", "1");
    }

    private Uni<EventContext> store(IncomingEvent event, String id) {
        EventContext context = contextOf(event, id);
        return store(event, id, context).replaceWith(context);
    }

    private EventContext contextOf(IncomingEvent event, String id) {
        return contextOf(
                event.context() == null ? KeptnContext.ofEvent(event.source(), id) : KeptnContext.of(event.context()));
    }

    /** Completes with true when it is certain that it is new. */
    private Uni<Boolean> store(IncomingEvent event, String id, EventContext context) {
        return datastore
                .store(stored(event, id, context))
                .onFailure(EventLog::isUncertain)
                .transform(failure -> uncertain(failure.getMessage(), id, failure));
    }

    private static ApiException uncertain(String reason, String id, Throwable cause) {
        return new ApiException(
                503,
                reason + "; the event may be stored all the same: look for it by eventID=" + id
                        + ", or send it again with \"id\": \"" + id + "\", which stores it once",
                cause);
    }

    private static boolean isUncertain(Throwable failure) {
        return failure instanceof ApiException refusal && refusal.status() == 503;
    }

    /** The event as it is stored: a CloudEvent 0.2. */
    private static Buffer stored(IncomingEvent event, String id, EventContext context) {
        JsonObject envelope = new JsonObject()
                .put("specversion", "0.2")
                .put("id", id)
                .put("time", Timestamp.of(Instant.now()))
                .put("type", event.type())
                .put("source", event.source())
                .put("contenttype", "application/json")
                .put("shkeptncontext", context.keptnContext());
        if (event.triggeredId() != null) {
            envelope.put("triggeredid", event.triggeredId());
        }
        JsonObject eventContext = JsonObject.of(
                ReceivedEvent.EVENT_CONTEXT,
                JsonObject.of("keptnContext", context.keptnContext(), "token", context.token()));
        Buffer stored = Buffer.buffer(event.data().length + event.extensions().length + BYTES_OF_ENVELOPE);
        stored.appendByte((byte) '{');
        appendMembers(stored, envelope.toBuffer().getBytes());
        appendMembers(stored, event.extensions());
        stored.appendString(",\"data\":{");
        appendMembers(stored, event.data());
        appendMembers(stored, eventContext.toBuffer().getBytes());
        return stored.appendString("}}");
    }

    /** Those of one JSON object into another. */
    private static void appendMembers(Buffer object, byte[] members) {
        int length = members.length - 2; // without the braces
        if (length > 0) {
            if (object.getByte(object.length() - 1) != '{') {
                object.appendByte((byte) ',');
            }
            object.appendBytes(members, 1, length);
        }
    }

    /** A context that there is already, with a token. */
    public EventContext contextOf(String keptnContext) {
        return new EventContext(keptnContext, tokens.mint());
    }

    private static String randomId() {
        return UUID.randomUUID().toString();
    }
}
