package org.keptnative.configuration.git.mongodb;

import java.time.Duration;
import java.util.UUID;

/** Names of repositories and packs: used once only, and they say when. */
final class Ids {

    private static final int TIME = 12;

    private Ids() {}

    static String next() {
        return "%012x".formatted(System.currentTimeMillis())
                + UUID.randomUUID().toString().replace("-", "").substring(TIME);
    }

    static Duration age(String id) {
        return Duration.ofMillis(System.currentTimeMillis() - Long.parseLong(id.substring(0, TIME), 16));
    }
}
