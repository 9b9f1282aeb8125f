package org.keptnative.configuration.transport;

import java.time.Duration;

/**
 * How long a thread waits for one client: for a while when nothing comes at all, and altogether not longer than a slow
 * line takes for what has come. Else a few clients that send or read a byte a second would hold all threads.
 */
final class Pace {

    private static final int SLOW_BYTES_PER_SECOND = 8 * 1024;

    private final Duration silence;
    private Duration rest;

    Pace(Duration silence) {
        this.silence = silence;
        this.rest = silence;
    }

    /** How long to wait for the next bytes. */
    Duration patience() {
        return rest.compareTo(silence) < 0 ? rest : silence;
    }

    void waited(Duration time, int bytes) {
        rest = rest.minus(time).plusMillis(bytes * 1000L / SLOW_BYTES_PER_SECOND);
    }
}
