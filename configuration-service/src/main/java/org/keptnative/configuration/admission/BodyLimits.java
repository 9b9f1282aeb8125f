package org.keptnative.configuration.admission;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;
import org.keptnative.configuration.event.KeptnEvent;

import java.io.IOException;
import java.io.InputStream;

/** What an admitted body may take while an endpoint works on it. */
@Provider
@PreMatching
class BodyLimits implements ResteasyReactiveContainerRequestFilter, ReaderInterceptor {

    static final String ADMISSION = Admission.class.getName();

    /** Whole installations, which go to the disk as they come. */
    private static final String IMPORT = "/v1/transfer/import";

    /** Pushes, which do so too. */
    private static final String GIT = "/git/";

    private final BodyAdmission bodies;

    BodyLimits(BodyAdmission bodies) {
        this.bodies = bodies;
    }

    static boolean isStreamed(String path) {
        return path.equals(IMPORT) || path.startsWith(GIT);
    }

    /** The work goes on when the client has gone, and so does its share of the memory. */
    @Override
    public void filter(ResteasyReactiveContainerRequestContext request) {
        var work = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        Admission admission = work.serverRequest().unwrap(RoutingContext.class).get(ADMISSION);
        if (admission != null && admission.hold()) {
            request.setProperty(ADMISSION, admission);
            work.registerCompletionCallback(done -> admission.release());
        }
    }

    /** A body of unknown length ends where it becomes too large. What this service is answered by others is none. */
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Admission admission = (Admission) context.getProperty(ADMISSION);
        if (context.getType() != InputStream.class && admission != null) {
            boolean isReadInPassing = context.getType() == KeptnEvent.class;
            context.setInputStream(
                    new BoundedStream(context.getInputStream(), bodies.limit(), isReadInPassing ? null : admission));
        }
        return context.proceed();
    }
}
