package org.keptnative.api.progress;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.keptnative.api.auth.WrongTokens;
import org.keptnative.api.error.Refusal;

import java.net.URI;
import java.util.List;

/**
 * Who may open the websocket: whoever has a channel token, but no foreign page in a browser. No HttpUpgradeCheck, since the
 * refusals of those have no body.
 */
@Singleton
class UpgradeCheck {

    private static final String UNAUTHENTICATED = "the header Token must hold the token of a progress channel";

    private final ChannelToken tokens;
    private final WrongTokens wrong;

    UpgradeCheck(ChannelToken tokens, WrongTokens wrong) {
        this.tokens = tokens;
        this.wrong = wrong;
    }

    void register(@Observes Router router) {
        router.route(ProgressSocket.PATH).order(Integer.MIN_VALUE + 3).handler(this::check);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        List<String> given = request.headers().getAll("Token");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!request.headers().contains(HttpHeaders.UPGRADE)) {
            context.next();
        } else if (given.size() != 1 || given.get(0).isEmpty()) {
            Refusal.send(context, 401, UNAUTHENTICATED);
        } else if (!tokens.isValid(given.get(0))) {
            refuseWrong(context);
        } else if (origin != null && !isSameHost(origin, request.getHeader(HttpHeaders.HOST))) {
            Refusal.send(context, 403, "a page of another host must not open the websocket");
        } else {
            context.next();
        }
    }

    private void refuseWrong(RoutingContext context) {
        long seconds = wrong.refused(context.request(), "progress");
        if (seconds == 0) {
            Refusal.send(context, 401, UNAUTHENTICATED);
        } else {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            Refusal.send(context, 429, "too many failed attempts from this address; try again later");
        }
    }

    /** A gateway may have taken the port off the {@code Host}; then the names alone must agree. */
    private static boolean isSameHost(String origin, String host) {
        try {
            URI page = URI.create(origin);
            return host != null
                    && (host.equalsIgnoreCase(page.getAuthority()) || host.equalsIgnoreCase(page.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
