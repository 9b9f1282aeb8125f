package org.keptnative.configuration.git;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Without its repositories the service can answer nothing. */
@Readiness
class StoreCheck implements HealthCheck {

    private final RepositoryStore store;

    StoreCheck(RepositoryStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("repositories").status(store.isReady()).build();
    }
}
