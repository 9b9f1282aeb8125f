package org.keptnative.api.admission;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.keptnative.api.error.BodyRefused;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What a request has of the memory for bodies, until it has been answered and nobody works on it any more. */
class Share {

    static final String KEY = Share.class.getName();

    private final BodyAdmission admission;
    private final RoutingContext request;
    private long bytes;
    private final Context context = Vertx.currentContext();
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean left = new AtomicBoolean();

    Share(BodyAdmission admission, RoutingContext request, long bytes) {
        this.admission = admission;
        this.request = request;
        this.bytes = bytes;
    }

    RoutingContext request() {
        return request;
    }

    long bytes() {
        return bytes;
    }

    void proceed() {
        context.runOnContext(ignored -> begin());
    }

    /** Where the client has gone already, nobody tells that the request ends. */
    void begin() {
        if (request.response().closed()) {
            leave();
        } else {
            request.next();
        }
    }

    /** The client has its answer, or is gone. */
    void leave() {
        if (!left.getAndSet(true)) {
            close();
        }
    }

    /**
     * Takes more of the memory, while somebody works on the body.
     *
     * @throws BodyRefused when there is not so much, now or ever
     */
    void grow(long memory) throws BodyRefused {
        bytes += admission.takeMore(bytes, memory);
    }

    /** One more works on the body, unless nobody has it any more. */
    boolean hold() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** One less does. */
    void close() {
        if (holders.decrementAndGet() == 0) {
            admission.release(this);
        }
    }
}
