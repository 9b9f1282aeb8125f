package org.keptnative.configuration.error;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
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

    /** In characters; the server itself reads much longer lines, so that this is what refuses. */
    private static final int MAX_URI = 16 * 1024;

    private static final long MAX_DRAIN_MILLIS = 5_000;

    private static final Map<Integer, String> MESSAGES = Map.of(
            400, "the request is malformed",
            413, "the request body is too large",
            416, "the file does not have the range asked for");

    private static final Pattern ENCODED_DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);
    private static final Pattern RESOURCE =
            Pattern.compile("/v1/project/[^/]+(/stage/[^/]+)?(/service/[^/]+)?/resource/.*");

    void register(@Observes Router router) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(EarlyRefusals::checkUri)
                .handler(EarlyRefusals::checkHeaders)
                .failureHandler(EarlyRefusals::answer);
    }

    /** Answers at once, for a request of which nobody has read the body. */
    public static void refuse(RoutingContext context, int status, String message) {
        refuse(
                context,
                status,
                "application/json",
                JsonObject.of("code", status, "message", message).encode());
    }

    /** The same for clients that show a person something else than JSON. */
    public static void refuse(RoutingContext context, int status, String mediaType, String body) {
        if (status == 503) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, ErrorMappers.RETRY_AFTER_SECONDS);
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .end(body);
        drain(context);
    }

    /**
     * Reads what is left of a body that nobody wants any more: else the client might not see the answer, and the
     * connection would serve nobody else. Who goes on sending for too long is cut off.
     */
    public static void drain(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.handler(dropped -> {}).resume();
            context.vertx().setTimer(MAX_DRAIN_MILLIS, late -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
    }

    /** The first check stands in for that of Quarkus, whose refusal has no body ({@code vertx.disableURIValidation}). */
    private static void checkUri(RoutingContext context) {
        String uri = context.request().uri();
        if (uri.length() > MAX_URI) {
            refuse(context, 414, "the request URI has more than " + MAX_URI + " characters");
        } else if (!isValid(uri)) {
            refuse(context, 400, "the request URI is malformed");
        } else if (!meansWhatItSays(uri.split("[?#]", 2)[0])) {
            refuse(context, 400, "the path must not contain . or .. as a name");
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

    /** A dot in the path of a file is harmless; any other would make the path that of something else. */
    private static boolean meansWhatItSays(String path) {
        if (path.indexOf("/.") < 0 && path.indexOf("/%2") < 0) {
            return true;
        }
        String plain = ENCODED_DOT.matcher(path).replaceAll(".");
        boolean hasParent = (plain + "/").contains("/../");
        boolean hasDot = (plain + "/").contains("/./");
        return !hasParent
                && (!hasDot
                        || RESOURCE.matcher(plain.substring(0, (plain + "/").indexOf("/./") + 1))
                                .matches());
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
