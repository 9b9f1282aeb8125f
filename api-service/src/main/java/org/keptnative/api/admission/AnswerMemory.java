package org.keptnative.api.admission;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.keptnative.api.error.BodyRefused;

import java.util.function.LongPredicate;

/** Memory for what other services answer, of which a request has its share as of that for its body. */
@Singleton
public class AnswerMemory {

    private final BodyAdmission bodies;
    private final CurrentVertxRequest current;

    AnswerMemory(BodyAdmission bodies, CurrentVertxRequest current) {
        this.bodies = bodies;
        this.current = current;
    }

    /** For the request of this thread: whether there is memory for so many bytes more, which it has to its end. */
    public LongPredicate ofRequest() {
        RoutingContext request = current.getCurrent();
        Share share = new Share(bodies, request, 0);
        share.hold();
        CurrentRequestManager.get().registerCompletionCallback(done -> share.close());
        request.addEndHandler(ended -> share.leave());
        if (request.response().closed()) { // then nobody may call the handler
            share.leave();
        }
        return bytes -> grow(share, bytes);
    }

    private static boolean grow(Share share, long bytes) {
        if (!share.hold()) {
            return false;
        }
        try {
            share.grow(bytes * BodyAdmission.COPIES);
            return true;
        } catch (BodyRefused e) {
            return false;
        } finally {
            share.close();
        }
    }
}
