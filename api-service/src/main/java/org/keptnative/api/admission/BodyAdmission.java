package org.keptnative.api.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.api.error.BodyRefused;
import org.keptnative.api.error.Refusal;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps the bodies that are read or worked on at the same time below what the heap can bear: one that can never fit is
 * refused, and those that do not fit now wait for a while until others are done.
 */
@Singleton
class BodyAdmission {

    /** A body is in memory as bytes, as characters, as a string while it is parsed, and as bytes that are sent on. */
    static final int COPIES = 6;

    private static final long PATIENCE_MILLIS = 10_000;
    /** Most bodies: they do not wait behind the few large ones. */
    private static final long SMALL = 64 * 1024;

    private static final String TOO_MANY = "too many large requests are being worked on, try again later";

    private final Vertx vertx;
    private final long limit;
    private final long most;
    private final Queue<Share> waiting = new ArrayDeque<>();
    private long free;

    BodyAdmission(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize configured, Vertx vertx) {
        this.vertx = vertx;
        most = Runtime.getRuntime().maxMemory() * 2 / 3 / COPIES;
        limit = Math.min(configured.asLongValue(), most);
        free = most;
    }

    /** After the token has been checked: nobody else may make others wait. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 2).handler(this::admit);
    }

    private void admit(RoutingContext request) {
        long size = size(request.request());
        if (size == 0) {
            request.next();
        } else if (size > limit) {
            Refusal.send(request, 413, "the request body is larger than " + limit + " bytes");
        } else {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
            Share share = new Share(this, request, size);
            request.put(Share.KEY, share);
            request.addEndHandler(ended -> share.leave());
            if (take(share)) {
                share.begin();
            } else {
                vertx.setTimer(PATIENCE_MILLIS, timer -> giveUp(share));
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

    /** How large the bodies may be that come now, in bytes. */
    synchronized long free() {
        return free;
    }

    /** Returns the size of a body that takes so much memory. */
    synchronized long takeMore(long held, long memory) throws BodyRefused {
        long bytes = memory / COPIES;
        if (held + bytes > most) {
            throw new BodyRefused(413, "the request body has more JSON values than fit into the memory");
        }
        if (bytes > free) {
            throw new BodyRefused(503, TOO_MANY);
        }
        free -= bytes;
        return bytes;
    }

    private synchronized boolean take(Share share) {
        if (share.bytes() <= free && (waiting.isEmpty() || share.bytes() <= SMALL)) {
            free -= share.bytes();
            return true;
        }
        waiting.add(share);
        return false;
    }

    private void giveUp(Share share) {
        synchronized (this) {
            if (!waiting.remove(share)) {
                return;
            }
            free -= share.bytes(); // given back when the refusal has been sent
        }
        if (share.request().response().closed()) {
            share.leave();
        } else {
            share.request().response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            Refusal.send(share.request(), 503, TOO_MANY);
        }
    }

    synchronized void release(Share done) {
        if (!waiting.remove(done)) {
            free += done.bytes();
        }
        while (!waiting.isEmpty() && waiting.peek().bytes() <= free) {
            Share next = waiting.poll();
            free -= next.bytes();
            next.proceed();
        }
    }
}
