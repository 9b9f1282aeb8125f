package org.keptnative.api.auth;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.keptnative.api.error.Refusal;

/** Lets a request pass that carries a valid token, before anything else of it is looked at. */
@ApplicationScoped
class TokenCheck {

    private static final Logger LOG = Logger.getLogger(TokenCheck.class);

    private final ApiTokens tokens;
    private final ClientAddress addresses;
    private final FailureLimit limit;

    TokenCheck(ApiTokens tokens, ClientAddress addresses, AuthConfig config) {
        this.tokens = tokens;
        this.addresses = addresses;
        this.limit = new FailureLimit(config.failuresPerMinute());
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(this::check);
    }

    private void check(RoutingContext context) {
        if (isOpen(context)) {
            context.next();
            return;
        }
        String token = context.request().getHeader("x-token");
        if (token == null || token.isEmpty()) {
            Refusal.send(context, 401, "unauthenticated for invalid credentials");
            return;
        }
        String client = addresses.of(context.request());
        long now = System.currentTimeMillis();
        long wait = limit.waitMillis(client, now);
        if (wait > 0) {
            // Also for the right token: else one could go on guessing and only look for the answer that differs.
            long seconds = (wait + 999) / 1000;
            context.response().putHeader("Retry-After", Long.toString(seconds));
            Refusal.send(context, 429, "too many wrong tokens from this address, try again in " + seconds + " s");
        } else if (tokens.accept(token)) {
            context.next();
        } else {
            limit.failed(client, now);
            LOG.infof("event=token-refused client=%s", client);
            Refusal.send(context, 401, "incorrect api key auth");
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
