package org.keptnative.configuration.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as clients write them: RFC 3339 in either case and with any number of decimals, of which nine count, and as by
 * the original an offset without a colon, and none, which means UTC. The grammar is that of the event log.
 */
public final class Times {

    private static final Pattern FORMAT =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[Tt](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d+))?"
                    + "(?:[Zz]|([+-](?:[01]\\d|2[0-3])):?([0-5]\\d))?");
    private static final int DECIMALS = 9;

    private Times() {}

    public static Optional<Instant> parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Instant local =
                    LocalDateTime.parse(parts.group(1) + "T" + parts.group(2)).toInstant(ZoneOffset.UTC);
            return Optional.of(local.minusSeconds(offsetSeconds(parts)).plusNanos(nanos(parts.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int nanos(String decimals) {
        return decimals == null ? 0 : Integer.parseInt((decimals + "0".repeat(DECIMALS)).substring(0, DECIMALS));
    }

    private static int offsetSeconds(Matcher parts) {
        if (parts.group(4) == null) {
            return 0;
        }
        int hours = Integer.parseInt(parts.group(4));
        int minutes = Integer.parseInt(parts.group(5));
        return 60 * (60 * hours + (parts.group(4).startsWith("-") ? -minutes : minutes));
    }
}
