package org.keptnative.configuration.store;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** A replica with another store than the database says must not be asked anything. */
@Readiness
class StoreOfRecordCheck implements HealthCheck {

    private final StoreOfRecord store;

    StoreOfRecordCheck(StoreOfRecord store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("store of record");
        return store.refusal()
                .map(reason -> answer.down().withData("reason", reason))
                .orElseGet(answer::up)
                .build();
    }
}
