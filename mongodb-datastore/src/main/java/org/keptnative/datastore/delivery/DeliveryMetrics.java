package org.keptnative.datastore.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Counts what becomes of deliveries. */
@Singleton
class DeliveryMetrics {

    @Inject
    MeterRegistry registry;

    void delivered(String follower) {
        registry.counter("datastore.events.delivered", "follower", follower).increment();
    }

    void failed(String follower) {
        registry.counter("datastore.events.failed", "follower", follower).increment();
    }
}
