package org.keptnative.api.command;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.event.EventContext;

import java.time.Duration;
import java.time.Instant;

/** How commands are answered. */
public abstract class CommandEndpoint {

    /** Well below the minute after which gateways give up. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** So long a command may take to be recorded, even if its client is less patient. */
    private static final Duration RECORDING = Duration.ofSeconds(5);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /**
     * Without a preference, 200 whatever comes of the command, since clients learn that from the websocket.
     * With {@code Prefer: wait=N} (RFC 7240), the status tells what came of it, or 202 after N seconds. What cannot
     * be recorded in that time is answered with 503.
     */
    protected static Uni<Response> answer(Uni<Commands.Running> started, String prefer, int done) {
        Preference preference = Preference.parse(prefer);
        return preference.waitSeconds().isEmpty()
                ? started.flatMap(CommandEndpoint::accepted)
                : outcome(started, preference, done);
    }

    private static Uni<Response> accepted(Commands.Running running) {
        Response accepted = Response.ok(running.context()).build();
        return Uni.createFrom()
                .completionStage(running.outcome())
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onFailure()
                .recoverWithNull()
                .replaceWith(accepted);
    }

    private static Uni<Response> outcome(Uni<Commands.Running> started, Preference preference, int done) {
        Duration patience = preference.waitAtMost(LONGEST);
        Instant end = Instant.now().plus(patience);
        // What is recorded later is carried out all the same: it goes on when nobody waits for it any more.
        return Uni.createFrom()
                .completionStage(() -> started.subscribeAsCompletionStage().copy())
                .ifNoItem()
                .after(patience.compareTo(RECORDING) < 0 ? RECORDING : patience)
                .failWith(() -> new ApiException(
                        503,
                        "the database does not answer in time; the command may be carried out all the same,"
                                + " so look before you try again"))
                .flatMap(running -> Uni.createFrom()
                        .completionStage(running.outcome())
                        .map(nothing -> applied(preference, done, running.context()))
                        .ifNoItem()
                        .after(rest(end))
                        .recoverWithItem(() -> applied(preference, 202, running.context())));
    }

    /** Never zero, so that an outcome that is there already is seen. */
    private static Duration rest(Instant end) {
        Duration rest = Duration.between(Instant.now(), end);
        return rest.compareTo(SHORTEST) < 0 ? SHORTEST : rest;
    }

    private static Response applied(Preference preference, int status, EventContext context) {
        return Response.status(status)
                .entity(status == 204 ? null : context)
                .header("Preference-Applied", "wait=" + preference.waitSeconds().getAsInt())
                .build();
    }
}
