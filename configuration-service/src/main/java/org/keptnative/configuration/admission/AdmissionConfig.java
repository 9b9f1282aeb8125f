package org.keptnative.configuration.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;

import java.time.Duration;

/** Which bodies are taken in. */
@ConfigMapping(prefix = "admission")
interface AdmissionConfig {

    /** The largest body, unless the heap is too small for it. */
    MemorySize maxBodySize();

    /** How long a body may wait for others to be done with. */
    Duration patience();
}
