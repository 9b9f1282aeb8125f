package org.keptnative.datastore.event;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before there are the indexes that events are taken and found by; whether the database answers is a check of its own. */
@Readiness
class EventIndexesCheck implements HealthCheck {

    @Inject
    EventIndexes indexes;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Indexes of the events")
                .status(indexes.serve())
                .build();
    }
}
