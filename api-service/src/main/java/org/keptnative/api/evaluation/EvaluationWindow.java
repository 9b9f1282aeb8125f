package org.keptnative.api.evaluation;

import org.keptnative.api.error.ApiException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;

/**
 * The time that is evaluated. The messages are the original's, which the Keptn CLI prints as they are.
 *
 * @param start inclusive
 * @param end at least a minute later
 */
record EvaluationWindow(Instant start, Instant end) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final String DEFAULT_TIMEFRAME = "5m";
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** UTC, without saying so. */
    private static final DateTimeFormatter LAYOUT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    EvaluationWindow {
        if (Duration.between(start, end).compareTo(SHORTEST) < 0) {
            throw ApiException.badRequest("end date must be at least 1 minute after start date");
        }
        if (start.isBefore(FIRST) || end.isAfter(LAST)) {
            throw ApiException.badRequest("The time frame is too long");
        }
    }

    /**
     * @param start {@code YYYY-MM-DDThh:mm:ss}; null or empty if not given, as the other two
     * @param end likewise
     * @param timeframe minutes, for example {@code 5m}
     * @throws ApiException 400 if the three do not say which time is meant
     */
    static EvaluationWindow of(String start, String end, String timeframe, Instant now) {
        boolean hasStart = isGiven(start);
        boolean hasEnd = isGiven(end);
        boolean hasTimeframe = isGiven(timeframe);
        if (hasEnd && hasTimeframe) {
            throw ApiException.badRequest("You can not use --end together with --timeframe");
        }
        if (hasEnd && !hasStart) {
            throw ApiException.badRequest("start date is required when using an end date");
        }
        if (hasStart && !hasEnd && !hasTimeframe) {
            throw ApiException.badRequest(
                    "Please provide a timeframe, e.g., --timeframe=5m, or an end date using --end=...");
        }
        if (hasEnd) {
            return new EvaluationWindow(parse(start), parse(end));
        }
        Duration length = duration(hasTimeframe ? timeframe : DEFAULT_TIMEFRAME);
        return hasStart
                ? new EvaluationWindow(parse(start), parse(start).plus(length))
                : new EvaluationWindow(now.minus(length), now);
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isEmpty();
    }

    private static Instant parse(String date) {
        try {
            return LocalDateTime.parse(date, LAYOUT).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw ApiException.badRequest("\"" + date + "\" is not a date of the format YYYY-MM-DDThh:mm:ss");
        }
    }

    /** Whatever follows the first {@code m} is ignored, so that {@code 5min} is understood. */
    private static Duration duration(String timeframe) {
        try {
            return Duration.ofMinutes(Integer.parseInt(timeframe.substring(0, timeframe.indexOf('m'))));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw ApiException.badRequest("The time frame format is invalid. Use the format [duration]m, e.g.: 5m");
        }
    }
}
