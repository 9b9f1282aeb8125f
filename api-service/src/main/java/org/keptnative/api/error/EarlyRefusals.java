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
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(EarlyRefusals::checkUri)
                .handler(EarlyRefusals::checkHeaders)
                .failureHandler(EarlyRefusals::answer);
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

    /**
     * Stands in for the check of Vert.x, which closes the connection without a word: the gateway would hand it to the next
     * request all the same ({@code vertx.disableHttpHeadersValidation} ends that one).
     */
    private static void checkHeaders(RoutingContext context) {
        for (Map.Entry<String, String> header : context.request().headers()) {
            if (header.getValue().chars().anyMatch(EarlyRefusals::isControl)) {
                context.fail(400);
                return;
            }
        }
        context.next();
    }

    private static boolean isControl(int character) {
        return character < ' ' && character != '\t' || character == 0x7f;
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
