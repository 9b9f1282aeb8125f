package org.keptnative.configuration.git;

import java.time.Duration;

/**
 * How changes are made.
 *
 * @param deadline so long a writer waits
 * @param maxWaiting so many may wait in one project
 */
public record WriteSettings(Identity identity, Duration deadline, int maxWaiting) {

    public static final WriteSettings DEFAULT = new WriteSettings(Identity.KEPTN, Duration.ofSeconds(30), 200);
}
