package org.keptnative.datastore.query;

import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.event.Times;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** What query parameters mean; an empty one counts as absent. Throws {@link ApiException} 422 when it means nothing. */
final class Parameters {

    private static final int DEFAULT_SIZE = 20;
    private static final int LARGEST_SIZE = 100;
    private static final int LARGEST_OFFSET = 2_000_000_000;

    /** The spellings of true that clients of the original could use; anything else is false. */
    private static final Set<String> TRUE =
            Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

    private Parameters() {}

    static String text(String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    static boolean flag(String value) {
        return value != null && TRUE.contains(value.toLowerCase(Locale.ROOT));
    }

    static int size(String name, String value) {
        if (text(value) == null) {
            return DEFAULT_SIZE;
        }
        int size;
        try {
            size = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw invalid(name + " in query must be an integer");
        }
        if (size < 1) {
            throw invalid(name + " in query should be greater than or equal to 1");
        }
        if (size > LARGEST_SIZE) {
            throw invalid(name + " in query should be less than or equal to " + LARGEST_SIZE);
        }
        return size;
    }

    /** Clients may send anything here; what is no offset means the first page. Beyond the largest one there is nothing. */
    static int offset(String nextPageKey) {
        if (nextPageKey == null || !nextPageKey.matches("\\+?\\d+")) {
            return 0;
        }
        try {
            return Math.min(LARGEST_OFFSET, Integer.parseInt(nextPageKey));
        } catch (NumberFormatException e) {
            return LARGEST_OFFSET;
        }
    }

    static Instant time(String name, String value) {
        if (text(value) == null) {
            return null;
        }
        // A blank was the plus sign of an offset that the client did not escape.
        return Times.parse(value.replace(' ', '+'))
                .orElseThrow(() -> invalid(name
                        + " in query must be a date and time as in RFC 3339, for example 2026-01-01T12:00:00.000Z"));
    }

    private static ApiException invalid(String message) {
        return new ApiException(422, message);
    }
}
