package org.keptnative.configuration.history;

import org.keptnative.configuration.error.ApiException;

import java.time.Instant;
import java.util.Optional;

/** Points in time as the wire and the documents have them: nanoseconds since the epoch. */
final class Nanoseconds {

    private Nanoseconds() {}

    static long now() {
        return of(Optional.empty());
    }

    /**
     * @param time nothing, or the zero time of Go, when the sender gave none: then it is now
     * @throws ApiException 422, when the time lies outside of the years 1678 to 2261
     */
    static long of(Optional<Instant> time) {
        Instant instant = time.filter(given -> !given.equals(ABSENT)).orElseGet(Instant::now);
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (ArithmeticException e) {
            throw new ApiException(422, "time in body should lie between the years 1678 and 2261");
        }
    }

    static Instant toInstant(long nanoseconds) {
        return Instant.ofEpochSecond(0, nanoseconds);
    }

    private static final Instant ABSENT = Instant.parse("0001-01-01T00:00:00Z");
}
