package org.keptnative.datastore.query;

import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.event.Times;

import java.time.Instant;
import java.util.Set;

/** Query parameters as text, turned into what they mean; an empty one counts as absent. */
final class Parameters {

    /** What the original's framework took for true; anything else is false. */
    private static final Set<String> TRUE =
            Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

    private Parameters() {}

    static String text(String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    static boolean flag(String value) {
        return value != null && TRUE.contains(value.toLowerCase(java.util.Locale.ROOT));
    }

    /** A number from 1 to 100, by default 20. */
    static int size(String name, String value) {
        if (text(value) == null) {
            return 20;
        }
        int size;
        try {
            size = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ApiException(422, name + " in query must be an integer");
        }
        if (size < 1) {
            throw new ApiException(422, name + " in query should be greater than or equal to 1");
        }
        if (size > 100) {
            throw new ApiException(422, name + " in query should be less than or equal to 100");
        }
        return size;
    }

    /** Whatever is no decimal number is the first page. */
    static int offset(String nextPageKey) {
        if (nextPageKey == null || !nextPageKey.matches("[0-9]{1,18}")) {
            return 0;
        }
        return (int) Math.min(Long.parseLong(nextPageKey), Integer.MAX_VALUE / 2);
    }

    /** A time in RFC 3339; a blank in it was a plus sign that the client forgot to escape. */
    static Instant time(String name, String value) {
        if (text(value) == null) {
            return null;
        }
        return Times.parse(value.replace(' ', '+'))
                .orElseThrow(() -> new ApiException(422, name + " in query must be a date and time as in RFC 3339"));
    }
}
