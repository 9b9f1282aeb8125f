package org.keptnative.api.admission;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import java.io.IOException;

/** Work on a body goes on when its client is gone: it begins when the body is parsed and ends with the answer. */
@Provider
class WorkOnBody implements ReaderInterceptor {

    private static final String STARTED = "WorkOnBody.started";

    private final CurrentVertxRequest current;

    WorkOnBody(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        Share share = current.getCurrent().get(Share.KEY);
        if (share != null) {
            share.hold();
            current.getCurrent().put(STARTED, share);
            if (reading.getType() != byte[].class) { // whose values are not kept
                reading.setInputStream(new CountedStream(reading.getInputStream(), share));
            }
        }
        return reading.proceed();
    }

    @ServerResponseFilter
    void answered(ContainerResponseContext answer) {
        Share share = current.getCurrent().remove(STARTED);
        if (share != null) {
            share.close();
        }
    }
}
