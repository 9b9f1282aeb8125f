package org.keptnative.api.error;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;

/** Answers with an {@link ApiError} where the HTTP server gives up before any endpoint is asked. */
class EarlyRefusals {

    private static final Map<Integer, String> MESSAGES = Map.of(
            400, "the request is malformed",
            413, "the request body is too large",
            414, "the request URI is too long",
            416, "the file does not have the range asked for",
            431, "the request headers are too large");

    /** A segment {@code .} or {@code ..}, in any spelling that a resolver might take for one. */
    private static final Pattern DOT_SEGMENT =
            Pattern.compile("(?i)(?:^|/|%2f|%5c)(?:\\.|%2e){1,2}(?=$|/|;|%2f|%5c|%3b)");

    /** In characters: as long as the gateway lets in, and below what the HTTP server reads (its own refusal has no body). */
    private static final int LONGEST_URI = 16 * 1024;

    void register(@Observes Router router) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(EarlyRefusals::checkUri)
                .handler(EarlyRefusals::checkHeaders)
                .failureHandler(EarlyRefusals::answer);
    }

    /** Stands in for the check of Quarkus, whose refusal has no body ({@code vertx.disableURIValidation} ends that one). */
    private static void checkUri(RoutingContext context) {
        if (context.request().uri().length() > LONGEST_URI) {
            context.fail(414);
            return;
        }
        try {
            String path = new URI(context.request().uri()).getRawPath();
            if (path != null && DOT_SEGMENT.matcher(path).find()) {
                Refusal.send(context, 400, "the path must not contain a segment . or ..");
            } else {
                context.next();
            }
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
