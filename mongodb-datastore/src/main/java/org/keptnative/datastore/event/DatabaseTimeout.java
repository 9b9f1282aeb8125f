package org.keptnative.datastore.event;

import com.mongodb.MongoClientSettings;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Limits the time of a whole operation, with all that it waits for and tries again. */
@Singleton
class DatabaseTimeout implements MongoClientCustomizer {

    @ConfigProperty(name = "datastore.database-timeout")
    Duration timeout;

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        return settings.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
