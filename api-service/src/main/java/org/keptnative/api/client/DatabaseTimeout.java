package org.keptnative.api.client;

import com.mongodb.MongoClientSettings;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Limits the time of a whole operation of the database, with all that it waits for and tries again. */
@Singleton
class DatabaseTimeout implements MongoClientCustomizer {

    @ConfigProperty(name = "database.timeout")
    Duration timeout;

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        return settings.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
