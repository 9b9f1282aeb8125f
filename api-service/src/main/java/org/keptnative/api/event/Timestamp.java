package org.keptnative.api.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How instants are written in events: UTC, always three digits of a second. */
public final class Timestamp {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamp() {}

    public static String of(Instant instant) {
        return MILLISECONDS.format(instant);
    }
}
