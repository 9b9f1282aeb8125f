package org.keptnative.datastore.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How events are delivered. */
@ConfigMapping(prefix = "datastore.delivery")
public interface DeliveryConfig {

    /** How often the database is asked for events that another replica has stored. */
    @WithDefault("200ms")
    Duration pollInterval();

    /** How long a replica that has stopped without a word keeps the others from delivering. */
    @WithDefault("15s")
    Duration lease();
}
