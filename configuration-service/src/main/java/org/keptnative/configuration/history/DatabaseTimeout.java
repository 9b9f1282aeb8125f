package org.keptnative.configuration.history;

import com.mongodb.MongoClientSettings;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import jakarta.inject.Singleton;

import java.util.concurrent.TimeUnit;

/** Bounds every operation as a whole, its retries included, so that a database that is down is said so in time. */
@Singleton
class DatabaseTimeout implements MongoClientCustomizer {

    static final int MILLISECONDS = 4000;

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        return settings.timeout(MILLISECONDS, TimeUnit.MILLISECONDS);
    }
}
