package org.keptnative.configuration.history;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import jakarta.inject.Inject;
import org.bson.Document;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the database does not answer. Quarkus's own check asks a reactive client as well, which nothing uses. */
@Readiness
class DatabaseCheck implements HealthCheck {

    @Inject
    MongoClient mongo;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("MongoDB").status(answers()).build();
    }

    private boolean answers() {
        try {
            mongo.getDatabase("admin").runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }
}
