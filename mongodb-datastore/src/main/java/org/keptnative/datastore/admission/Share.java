package org.keptnative.datastore.admission;

import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/** What a request has of the memory, until it has been answered or its client is gone, and nobody works on it any more. */
final class Share {

    static final String KEY = Share.class.getName();

    private final long size;
    private final LongConsumer release;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean isLeft = new AtomicBoolean();

    Share(long size, LongConsumer release) {
        this.size = size;
        this.release = release;
    }

    /** On the thread that works for the request. */
    void holdWhileWorking() {
        if (holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0) {
            CurrentRequestManager.get().registerCompletionCallback(done -> close());
        }
    }

    void leaveAtTheEndOf(RoutingContext request) {
        request.addEndHandler(end -> leave());
        if (request.response().closed()) { // then nobody may call the handler
            leave();
        }
    }

    private void leave() {
        if (!isLeft.getAndSet(true)) {
            close();
        }
    }

    private void close() {
        if (holders.decrementAndGet() == 0) {
            release.accept(size);
        }
    }
}
