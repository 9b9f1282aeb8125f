package org.keptnative.datastore.retention;

import io.smallrye.config.ConfigMapping;

import java.time.Duration;
import java.util.Optional;

/** How long events are kept. */
@ConfigMapping(prefix = "datastore.retention")
interface RetentionConfig {

    /** Counted from their arrival; without it they are kept for ever. */
    Optional<Duration> age();

    /** How often old events are looked for. */
    Duration every();
}
