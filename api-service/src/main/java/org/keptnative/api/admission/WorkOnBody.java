package org.keptnative.api.admission;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

import java.io.IOException;

/** Work on a body goes on when its client is gone, and ends also where nobody is left to be answered. */
@Provider
@PreMatching
class WorkOnBody implements ResteasyReactiveContainerRequestFilter, ReaderInterceptor {

    private final CurrentVertxRequest current;

    WorkOnBody(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request) {
        var work = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        Share share = work.serverRequest().unwrap(RoutingContext.class).get(Share.KEY);
        if (share != null) {
            share.hold();
            work.registerCompletionCallback(done -> share.close());
        }
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        Share share = current.getCurrent().get(Share.KEY);
        if (share != null && reading.getType() != byte[].class) { // whose values are not kept
            reading.setInputStream(new CountedStream(reading.getInputStream(), share));
        }
        return reading.proceed();
    }
}
