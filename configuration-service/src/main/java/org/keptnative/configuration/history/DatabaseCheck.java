package org.keptnative.configuration.history;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says whether the database answers. The service is ready without it: what is in Git is read and written as ever, and
 * nobody could do so if requests were kept away. (Quarkus's own check asks a reactive client as well, which nothing uses.)
 */
@Readiness
class DatabaseCheck implements HealthCheck {

    private final DatabaseState database;

    DatabaseCheck(DatabaseState database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("MongoDB")
                .up()
                .withData("reachable", database.answers())
                .build();
    }
}
