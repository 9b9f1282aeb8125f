package org.keptnative.configuration.transport;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;

import java.time.Duration;

/** How Git's own protocol is spoken. */
@ConfigMapping(prefix = "configuration.transport")
interface TransportConfig {

    GitAccess access();

    /** The largest pack that is taken in, and the largest file in one. */
    MemorySize maxPushSize();

    /** How long a client may neither send what is waited for, nor read what is sent. */
    Duration silence();

    /** How long one request may take at all. */
    Duration longest();
}
