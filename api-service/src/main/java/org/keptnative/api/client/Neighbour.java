package org.keptnative.api.client;

import io.netty.channel.EventLoop;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.uritemplate.UriTemplate;
import jakarta.enterprise.util.TypeLiteral;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.keptnative.api.error.ApiException;

import java.net.SocketException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import static java.util.Objects.requireNonNull;

/** Another service, as seen from here. Whatever goes wrong with it becomes an {@link ApiException} that names it. */
class Neighbour {

    private static final Logger LOG = Logger.getLogger(Neighbour.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int CONNECTIONS = 256;

    /** On average: one that is always busy would never lead to a replica that was added. */
    static final int REQUESTS_PER_CONNECTION = 100;

    private final String name;
    /** Before every path. */
    private final String prefix;

    private final Vertx vertx;
    private final WebClientOptions options;
    /** One per event loop: a pool hands out connections of all loops, and a request that changes threads takes longer. */
    private final Map<EventLoop, WebClient> clients = new ConcurrentHashMap<>();
    /** A neighbour that hangs must not make everybody wait; after some calls in vain it is left alone for a moment. */
    private final TypedGuard<Uni<HttpResponse<Buffer>>> guard = TypedGuard.create(
                    new TypeLiteral<Uni<HttpResponse<Buffer>>>() {})
            .withCircuitBreaker()
            .requestVolumeThreshold(20)
            .failureRatio(0.5)
            .delay(2, ChronoUnit.SECONDS)
            .done()
            .build();

    Neighbour(Vertx vertx, String name, String uri, WebClientOptions options) {
        this.name = name;
        URI base = URI.create(uri.contains("://") ? uri : "http://" + uri);
        boolean secure = base.getScheme().equals("https");
        this.prefix = base.getRawPath().replaceAll("/+$", "");
        this.vertx = vertx;
        this.options = options.setSsl(secure)
                .setDefaultHost(requireNonNull(base.getHost(), () -> "no host for " + name + " in " + uri))
                .setDefaultPort(base.getPort() >= 0 ? base.getPort() : secure ? 443 : 80)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setMaxPoolSize(CONNECTIONS)
                .setFollowRedirects(false)
                .setUserAgentEnabled(false);
    }

    /** @param path a template of RFC 6570, for example {@code /v1/project/{project}} */
    UriTemplate template(String path) {
        return UriTemplate.of(prefix + path);
    }

    HttpRequest<Buffer> request(HttpMethod method, UriTemplate target, int timeoutMillis) {
        HttpRequest<Buffer> request = client().request(method, target).timeout(timeoutMillis);
        if (ThreadLocalRandom.current().nextInt(REQUESTS_PER_CONNECTION) == 0) {
            request.putHeader("Connection", "close");
        }
        return request;
    }

    private WebClient client() {
        return clients.computeIfAbsent(eventLoop(), any -> WebClient.create(vertx, options));
    }

    /** The one that the request at hand is served by. */
    EventLoop eventLoop() {
        return ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
    }

    /** As {@link #send}; if its connection turns out to be closed, the request is sent again on another one. */
    Uni<Buffer> sendRepeatable(HttpRequest<Buffer> request, Buffer body) {
        return exchangeRepeatable(request, body).map(Neighbour::body);
    }

    /** The same, with all of the answer. */
    Uni<HttpResponse<Buffer>> exchangeRepeatable(HttpRequest<Buffer> request, Buffer body) {
        return exchange(
                call(request, body).onFailure(Neighbour::isClosed).retry().atMost(1));
    }

    /** The body of the answer; a refusal keeps its status and text, any other failure is a 503. */
    Uni<Buffer> send(HttpRequest<Buffer> request, Buffer body) {
        return exchange(call(request, body)).map(Neighbour::body);
    }

    private Uni<HttpResponse<Buffer>> exchange(Uni<HttpResponse<Buffer>> call) {
        return guard.get(() -> call).onFailure().transform(this::unreachable).invoke(this::requireSuccess);
    }

    private static Buffer body(HttpResponse<Buffer> response) {
        return response.body() == null ? Buffer.buffer() : response.body();
    }

    private static Uni<HttpResponse<Buffer>> call(HttpRequest<Buffer> request, Buffer body) {
        return Uni.createFrom()
                .completionStage(() -> (body == null ? request.send() : request.sendBuffer(body)).toCompletionStage());
    }

    private static boolean isClosed(Throwable failure) {
        return failure instanceof HttpClosedException
                || failure instanceof ClosedChannelException
                || failure instanceof SocketException;
    }

    private void requireSuccess(HttpResponse<Buffer> response) {
        int status = response.statusCode();
        if (status < 300) {
            return;
        }
        String message = message(response);
        if (status >= 400 && status < 500) {
            throw new ApiException(status, message);
        }
        LOG.warnf("event=neighbour-failed neighbour=%s status=%d message=%s", name, status, message);
        throw new ApiException(503, name + " failed: " + message);
    }

    private static String message(HttpResponse<Buffer> response) {
        try {
            JsonObject error = response.bodyAsJsonObject();
            if (error != null && error.getValue("message") instanceof String text) {
                return text;
            }
        } catch (DecodeException | ClassCastException e) {
            // Not one of our error bodies; the status has to do.
        }
        return "status " + response.statusCode();
    }

    ApiException unreachable(Throwable cause) {
        if (!(cause instanceof CircuitBreakerOpenException)) {
            LOG.warnf("event=neighbour-unreachable neighbour=%s reason=%s", name, cause.getMessage());
        }
        return new ApiException(503, name + " does not answer, try again later", cause);
    }
}
