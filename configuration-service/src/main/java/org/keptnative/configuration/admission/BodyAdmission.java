package org.keptnative.configuration.admission;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.keptnative.configuration.error.EarlyRefusals;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps the bodies that are being read or worked on at the same time below what the heap can bear: one that never fits
 * is refused, and one that does not fit now waits, unread, until others are done with. Scoped so that it is made at the
 * start, and not where the executable is built.
 */
@ApplicationScoped
class BodyAdmission {

    /** A body is in memory as the parser's text and as the bytes of a file, which are compressed and written then. */
    private static final int COPIES = 3;

    static final String TOO_MANY = "too many large requests at once, so try again later";

    private record Waiting(RoutingContext request, long bytes, Context context) {}

    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final MemoryBudget budget;
    private final long limit;
    private final long patienceMillis;

    BodyAdmission(MemoryBudget budget, AdmissionConfig config) {
        this.budget = budget;
        limit = Math.min(config.maxBodySize().asLongValue(), budget.total() / COPIES);
        patienceMillis = config.patience().toMillis();
        budget.onReturn(this::admitWaiting);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(this::admit);
    }

    /** In bytes. */
    long limit() {
        return limit;
    }

    private void admit(RoutingContext request) {
        long size = size(request.request());
        if (BodyLimits.isStreamed(request.normalizedPath())) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, Long.MAX_VALUE);
            request.next();
        } else if (size == 0) {
            request.next();
        } else if (size > limit) {
            EarlyRefusals.refuse(request, 413, "the request body has more than " + limit + " bytes");
        } else {
            Waiting entry = new Waiting(request, size * COPIES, Vertx.currentContext());
            synchronized (this) {
                if (!waiting.isEmpty() || !budget.take(entry.bytes)) {
                    waitFor(entry);
                    return;
                }
            }
            begin(entry);
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

    private void waitFor(Waiting entry) {
        waiting.add(entry);
        entry.request.addEndHandler(gone -> leave(entry));
        entry.request.vertx().setTimer(patienceMillis, late -> {
            if (leave(entry)) {
                EarlyRefusals.refuse(entry.request, 503, TOO_MANY);
            }
        });
    }

    private boolean leave(Waiting entry) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(entry);
        }
        if (waited) {
            admitWaiting();
        }
        return waited;
    }

    private void admitWaiting() {
        while (true) {
            Waiting next;
            synchronized (this) {
                next = waiting.peek();
                if (next == null || !budget.take(next.bytes)) {
                    return;
                }
                waiting.remove();
            }
            next.context.runOnContext(ignored -> begin(next));
        }
    }

    private void begin(Waiting entry) {
        Admission admission = new Admission(budget, entry.bytes);
        entry.request.put(BodyLimits.ADMISSION, admission);
        if (entry.request.response().closed()) {
            admission.release();
            return;
        }
        entry.request.addEndHandler(ended -> {
            admission.release();
            if (ended.succeeded()) {
                EarlyRefusals.drain(entry.request);
            }
        });
        entry.request.next();
    }
}
