package org.keptnative.configuration.event;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.net.URI;
import java.util.concurrent.TimeUnit;

class EventLogProducer {

    private static final int TIMEOUT_SECONDS = 5;

    @Produces
    @Singleton
    EventLog eventLog(EventLogConfig config) {
        String uri = config.uri();
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(uri.contains("://") ? uri : "http://" + uri))
                .connectTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build(EventLog.class);
    }
}
