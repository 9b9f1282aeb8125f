package org.keptnative.datastore.error;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;

/** Answers with an {@link ApiError} where the HTTP server gives up before any endpoint is asked. */
public class EarlyRefusals {

    /** In characters; the server itself reads longer lines, so that it is this that refuses. */
    private static final int LONGEST_URI = 16 * 1024;

    private static final Map<Integer, String> MESSAGES = Map.of(
            400, "the request is malformed",
            413, "the request body is too large",
            416, "the file does not have the range asked for");

    /** A segment {@code .} or {@code ..}, in any spelling that somebody might take for one. */
    private static final Pattern DOT_SEGMENT =
            Pattern.compile("(?i)(?:^|/|%2f|%5c)(?:\\.|%2e){1,2}(?=$|/|;|%2f|%5c|%3b)");

    void register(@Observes Router router) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(EarlyRefusals::checkUri)
                .handler(EarlyRefusals::checkHeaders)
                .failureHandler(EarlyRefusals::answer);
    }

    /** Answers at once, for a request of which nobody has read the body. */
    public static void refuse(RoutingContext context, int status, String message) {
        // What comes is read, or else the client would not see the answer and the connection would serve nobody else.
        context.request().resume();
        if (status == 503) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, ErrorMappers.RETRY_AFTER_SECONDS);
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(JsonObject.of("code", status, "message", message).encode());
    }

    /** The second check stands in for that of Quarkus, whose refusal has no body ({@code vertx.disableURIValidation}). */
    private static void checkUri(RoutingContext context) {
        String uri = context.request().uri();
        if (uri.length() > LONGEST_URI) {
            refuse(context, 414, "the request URI has more than " + LONGEST_URI + " characters");
        } else if (!isValid(uri)) {
            refuse(context, 400, "the request URI is malformed");
        } else if (DOT_SEGMENT.matcher(uri.split("[?#]", 2)[0]).find()) {
            refuse(context, 400, "the path must not contain a segment . or ..");
        } else {
            context.next();
        }
    }

    private static boolean isValid(String uri) {
        try {
            new URI(uri);
            return true;
        } catch (URISyntaxException e) {
            return false;
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
        } else {
            refuse(context, context.statusCode(), message);
        }
    }
}
