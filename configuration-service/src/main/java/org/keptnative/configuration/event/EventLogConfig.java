package org.keptnative.configuration.event;

import io.smallrye.config.ConfigMapping;

/** Where mongodb-datastore is. */
@ConfigMapping(prefix = "event-log")
interface EventLogConfig {

    /** Its address; {@code http://} may be left out. */
    String uri();
}
