package org.keptnative.datastore.admission;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

import java.io.IOException;

/** Work on a body goes on when its client is gone, and ends also where nobody is left to be answered. */
@Provider
class WorkOnBody implements ReaderInterceptor {

    private final CurrentVertxRequest current;

    WorkOnBody(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        Share share = current.getCurrent().get(Share.KEY);
        if (share != null) {
            share.holdWhileWorking();
        }
        return reading.proceed();
    }
}
