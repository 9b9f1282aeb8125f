package org.keptnative.configuration.history;

import com.mongodb.MongoClientSettings;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import jakarta.inject.Singleton;

import java.util.concurrent.TimeUnit;

/** Bounds every operation as a whole, its retries included, so that a database that is down is said so in time. */
@Singleton
class DatabaseTimeout implements MongoClientCustomizer {

    private final DatabaseConfig config;

    DatabaseTimeout(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        return settings.timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}
