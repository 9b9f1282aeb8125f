package org.keptnative.api.command;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import org.keptnative.api.event.EventContext;

import java.time.Duration;

/** How commands are answered. */
public abstract class CommandEndpoint {

    /** Well below the minute after which gateways give up. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /**
     * Without a preference, 200 whatever comes of the command, since clients learn that from the websocket.
     * With {@code Prefer: wait=N} (RFC 7240), the status tells what came of it, or 202 after N seconds.
     */
    protected static Uni<Response> answer(Uni<Commands.Running> started, String prefer, int done) {
        Preference preference = Preference.parse(prefer);
        return started.flatMap(running -> {
            Uni<Void> outcome = Uni.createFrom().completionStage(running.outcome());
            if (preference.waitSeconds().isEmpty()) {
                Response accepted = Response.ok(running.context()).build();
                return outcome.ifNoItem()
                        .after(LONGEST)
                        .fail()
                        .onFailure()
                        .recoverWithNull()
                        .replaceWith(accepted);
            }
            return outcome.map(nothing -> applied(preference, done, running.context()))
                    .ifNoItem()
                    .after(preference.waitAtMost(LONGEST))
                    .recoverWithItem(() -> applied(preference, 202, running.context()));
        });
    }

    private static Response applied(Preference preference, int status, EventContext context) {
        return Response.status(status)
                .entity(status == 204 ? null : context)
                .header("Preference-Applied", "wait=" + preference.waitSeconds().getAsInt())
                .build();
    }
}
