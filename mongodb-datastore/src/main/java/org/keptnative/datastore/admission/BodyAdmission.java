package org.keptnative.datastore.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.error.EarlyRefusals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the bodies that are read or worked on at the same time below what the heap can bear, and with them large answers:
 * one that would never fit is refused, and those that do not fit now wait until others are done, for a while.
 */
@Singleton
public class BodyAdmission {

    /** A body is in memory as bytes, as text, as the longest string in it, as the text of the event and as a document. */
    private static final int COPIES = 7;

    private static final String TOO_MANY = "too many large requests at once; send it again later";

    /** @param begin does not take long */
    private record Waiting(long size, Runnable begin) {}

    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final long limit;
    private final long patienceMillis;
    private final CurrentVertxRequest current;
    private long free;

    BodyAdmission(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize configured,
            @ConfigProperty(name = "datastore.body-patience") Duration patience,
            CurrentVertxRequest current) {
        free = Runtime.getRuntime().maxMemory() / 4 * 3 / COPIES;
        limit = Math.min(configured.asLongValue(), free);
        patienceMillis = patience.toMillis();
        this.current = current;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(this::admit);
    }

    private void admit(RoutingContext request) {
        long size = size(request.request());
        if (size == 0) {
            request.next();
        } else if (size > limit) {
            EarlyRefusals.refuse(request, 413, "the request body has more than " + limit + " bytes");
        } else {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
            Context context = Vertx.currentContext();
            Waiting entry = new Waiting(size, () -> context.runOnContext(ignored -> begin(request, size)));
            if (takeOrWait(entry)) {
                begin(request, size);
            } else {
                request.vertx().setTimer(patienceMillis, late -> {
                    if (giveUp(entry) && !request.response().closed()) {
                        EarlyRefusals.refuse(request, 503, TOO_MANY);
                    }
                });
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

    /** Waits until there is memory for so much more, as an answer, for the request of this thread. */
    public void admitMore(long size) {
        long held = Math.min(size, limit);
        CountDownLatch admitted = new CountDownLatch(1);
        Waiting entry = new Waiting(held, admitted::countDown);
        if (!takeOrWait(entry)) {
            try {
                admitted.await(patienceMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (giveUp(entry)) {
                throw new ApiException(503, TOO_MANY);
            }
        }
        Share share = new Share(held, this::release);
        share.holdWhileWorking();
        share.leaveAtTheEndOf(current.getCurrent());
    }

    /** How much may come now. */
    synchronized long free() {
        return free;
    }

    private void begin(RoutingContext request, long size) {
        Share share = new Share(size, this::release);
        request.put(Share.KEY, share);
        share.leaveAtTheEndOf(request);
        if (!request.response().closed()) {
            request.next();
        }
    }

    /** Whether it has waited in vain. */
    private boolean giveUp(Waiting entry) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(entry);
        }
        if (waited) {
            release(0); // others may have waited for nothing but this one
        }
        return waited;
    }

    private synchronized boolean takeOrWait(Waiting entry) {
        if (waiting.isEmpty() && entry.size <= free) {
            free -= entry.size;
            return true;
        }
        waiting.add(entry);
        return false;
    }

    private synchronized void release(long size) {
        free += size;
        while (!waiting.isEmpty() && waiting.peek().size <= free) {
            Waiting next = waiting.poll();
            free -= next.size;
            next.begin.run();
        }
    }
}
