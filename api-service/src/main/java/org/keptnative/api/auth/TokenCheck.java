package org.keptnative.api.auth;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.keptnative.api.error.Refusal;

/** Lets a request pass that carries a valid token, before anything else of it is looked at. */
@ApplicationScoped
class TokenCheck {

    private final ApiTokens tokens;
    private final WrongTokens wrong;

    TokenCheck(ApiTokens tokens, WrongTokens wrong) {
        this.tokens = tokens;
        this.wrong = wrong;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(this::check);
    }

    private void check(RoutingContext context) {
        if (isOpen(context)) {
            context.next();
            return;
        }
        // A browser sends what it once asked a person for along with whatever leads to this host, so that a password
        // counts
        // for nothing else than the question of the gateway, which decides where it may.
        String token = context.normalizedPath().equals("/v1/auth")
                ? PresentedToken.orPassword(context.request())
                : PresentedToken.of(context.request());
        if (token.isEmpty()) {
            Refusal.send(context, 401, "unauthenticated for invalid credentials");
            return;
        }
        // Somebody who guesses at the same address must not lock out who knows the token. That lets one try more often,
        // not learn more: a wrong token is answered as before. What stops guessing is the length of the token.
        if (tokens.accept(token)) {
            context.next();
            return;
        }
        long seconds = wrong.refused(context.request(), "api");
        if (seconds == 0) {
            Refusal.send(context, 401, "incorrect api key auth");
        } else {
            context.response().putHeader("Retry-After", Long.toString(seconds));
            Refusal.send(context, 429, "too many wrong tokens from this address, try again in " + seconds + " s");
        }
    }

    /** The documentation, and the websocket, which has a token of its own; all else is closed, known or not. */
    private static boolean isOpen(RoutingContext context) {
        String path = context.normalizedPath();
        return path.equals("/swagger-ui")
                || path.startsWith("/swagger-ui/")
                || path.equals("/websocket") && context.request().headers().contains("Upgrade", "websocket", true);
    }
}
