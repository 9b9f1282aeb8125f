package org.keptnative.configuration.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps the bodies that are in memory at the same time below what the heap can bear: larger requests are refused,
 * and those that do not fit now wait until others are answered.
 */
@Singleton
class BodyAdmission {

    /** A body is in memory as text, as a string and as bytes. */
    private static final int COPIES = 5;

    private record Waiting(RoutingContext request, long size, Context context) {}

    private final long limit;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long free;

    BodyAdmission(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize configured) {
        free = Runtime.getRuntime().maxMemory() / 2 / COPIES;
        limit = Math.min(configured.asLongValue(), free);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(this::admit);
    }

    private void admit(RoutingContext request) {
        long size = size(request.request());
        if (size > limit) {
            refuse(request);
        } else if (size == 0) {
            request.next();
        } else {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
            Waiting entry = new Waiting(request, size, Vertx.currentContext());
            request.addEndHandler(ended -> release(entry));
            if (take(entry)) {
                request.next();
            }
        }
    }

    /** A body of unknown length counts as the largest one. */
    private long size(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null ? 0 : limit;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void refuse(RoutingContext request) {
        request.request().resume(); // read on, so that the client gets to see the answer
        request.response()
                .setStatusCode(413)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(JsonObject.of("code", 413, "message", "the request body has more than " + limit + " bytes")
                        .encode());
    }

    private synchronized boolean take(Waiting request) {
        if (waiting.isEmpty() && request.size <= free) {
            free -= request.size;
            return true;
        }
        waiting.add(request);
        return false;
    }

    private synchronized void release(Waiting ended) {
        if (!waiting.remove(ended)) {
            free += ended.size;
        }
        while (!waiting.isEmpty() && waiting.peek().size <= free) {
            Waiting next = waiting.poll();
            free -= next.size;
            next.context.runOnContext(ignored -> next.request.next());
        }
    }
}
