package org.keptnative.api.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many wrong tokens each client may still send: a bucket per client that refills evenly over a minute.
 * At most {@value #CLIENTS} clients are remembered; those that failed longest ago are forgotten first.
 */
class FailureLimit {

    private static final int CLIENTS = 10_000;
    private static final long MINUTE_MILLIS = 60_000;

    private final long refillMillis;
    private final long fullMillis;
    /** When each client's bucket is full again, in milliseconds; a client that is not listed has a full one. */
    private final Map<String, Long> fullAgain = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > CLIENTS;
        }
    };

    FailureLimit(int perMinute) {
        refillMillis = MINUTE_MILLIS / perMinute;
        fullMillis = refillMillis * perMinute;
    }

    /** Milliseconds until this client may try again, 0 if it may now. */
    synchronized long waitMillis(String client, long now) {
        Long full = fullAgain.get(client);
        return full == null ? 0 : Math.max(0, full - now - (fullMillis - refillMillis));
    }

    synchronized void failed(String client, long now) {
        fullAgain.merge(client, now + refillMillis, (full, first) -> Math.max(full, now) + refillMillis);
    }
}
