package org.keptnative.datastore.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as clients write them, and as a number that databases can sort. Accepted is RFC 3339 in either case and with any
 * number of decimals, of which nine count, and as by the original an offset without a colon, and none, which means UTC.
 * A leap second is refused: clients could not read it when it is returned.
 */
public final class Times {

    private static final Pattern FORMAT =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[Tt](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d+))?"
                    + "(?:[Zz]|([+-])([01]\\d|2[0-3]):?([0-5]\\d))?");
    private static final long NANOS = 1_000_000_000;

    private Times() {}

    public static Optional<Instant> parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Instant local =
                    LocalDateTime.parse(parts.group(1) + "T" + parts.group(2)).toInstant(ZoneOffset.UTC);
            return Optional.of(local.minusSeconds(offsetSeconds(parts)).plusNanos(Integer.parseInt(digits(parts, 9))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A time with exactly three digits of a second, cut and not rounded, and the offset it came with. */
    public static String inMilliseconds(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        String offset = parts.group(4) == null ? "Z" : parts.group(4) + parts.group(5) + ":" + parts.group(6);
        return parts.group(1) + "T" + parts.group(2) + "." + digits(parts, 3) + offset;
    }

    /** Nanoseconds since 1970; a time out of their range (1677 to 2262) is the end of it. */
    public static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The beginning of its millisecond, in nanoseconds since 1970. */
    public static long millisecond(Instant time) {
        return nanos(time.truncatedTo(ChronoUnit.MILLIS));
    }

    private static String digits(Matcher parts, int count) {
        String decimals = parts.group(3) == null ? "" : parts.group(3);
        return (decimals + "0".repeat(count)).substring(0, count);
    }

    private static int offsetSeconds(Matcher parts) {
        if (parts.group(4) == null) {
            return 0;
        }
        int minutes = Integer.parseInt(parts.group(5)) * 60 + Integer.parseInt(parts.group(6));
        return (parts.group(4).equals("-") ? -60 : 60) * minutes;
    }
}
