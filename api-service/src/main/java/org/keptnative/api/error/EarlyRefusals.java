package org.keptnative.api.error;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** Answers with an {@link ApiError} where the HTTP server gives up before any endpoint is asked. */
class EarlyRefusals {

    private static final Map<Integer, String> MESSAGES = Map.of(
            400, "the request is malformed",
            413, "the request body is too large",
            414, "the request URI is too long",
            431, "the request headers are too large");

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(EarlyRefusals::checkUri).failureHandler(EarlyRefusals::answer);
    }

    /** Stands in for the check of Quarkus, whose refusal has no body ({@code vertx.disableURIValidation} ends that one). */
    private static void checkUri(RoutingContext context) {
        try {
            new URI(context.request().uri());
            context.next();
        } catch (URISyntaxException e) {
            context.fail(400);
        }
    }

    private static void answer(RoutingContext context) {
        String message = MESSAGES.get(context.statusCode());
        if (message == null || context.response().headWritten()) {
            context.next();
            return;
        }
        Refusal.send(context, context.statusCode(), message);
    }
}
