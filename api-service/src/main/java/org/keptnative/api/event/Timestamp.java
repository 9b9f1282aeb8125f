package org.keptnative.api.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How instants are written in events: UTC, always three digits of a second; and how clients may write them. */
public final class Timestamp {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** RFC 3339 and, as the original accepted it, an offset without a colon, or none, which means UTC. */
    private static final Pattern ACCEPTED =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[Tt](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d+))?"
                    + "(?:[Zz]|([+-](?:[01]\\d|2[0-3])):?([0-5]\\d))?");

    private static final int NANO_DIGITS = 9;

    private Timestamp() {}

    public static String of(Instant instant) {
        return MILLISECONDS.format(instant);
    }

    /** The same grammar in all services: {@code times.csv} among the tests. */
    static Optional<Instant> parse(String text) {
        Matcher parts = ACCEPTED.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String decimals = parts.group(3) == null ? "" : parts.group(3);
        int nanos = Integer.parseInt((decimals + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS));
        try {
            return Optional.of(LocalDateTime.parse(parts.group(1) + "T" + parts.group(2))
                    .plusNanos(nanos)
                    .toInstant(ZoneOffset.UTC)
                    .minusSeconds(offsetSeconds(parts)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Not by ZoneOffset, which ends at 18 hours. */
    private static int offsetSeconds(Matcher parts) {
        if (parts.group(4) == null) {
            return 0;
        }
        int minutes = Math.abs(Integer.parseInt(parts.group(4))) * 60 + Integer.parseInt(parts.group(5));
        return (parts.group(4).startsWith("-") ? -60 : 60) * minutes;
    }
}
