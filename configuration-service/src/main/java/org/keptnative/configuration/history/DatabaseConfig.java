package org.keptnative.configuration.history;

import io.smallrye.config.ConfigMapping;

import java.time.Duration;

/** How the database is asked. */
@ConfigMapping(prefix = "database")
interface DatabaseConfig {

    /** How long an operation may take as a whole. */
    Duration timeout();
}
