package org.keptnative.datastore.delivery;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not alive when a thread that delivers has ended: only a new process would deliver again. */
@Liveness
class DeliveryCheck implements HealthCheck {

    @Inject
    Dispatcher dispatcher;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Delivery of events")
                .status(dispatcher.isAlive())
                .build();
    }
}
