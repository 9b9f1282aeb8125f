package org.keptnative.api.command;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a {@code Prefer} header (RFC 7240) is understood; the rest is ignored, as the RFC asks.
 *
 * @param waitSeconds how long the client is willing to wait for the outcome
 */
record Preference(OptionalInt waitSeconds) {

    private static final Pattern WAIT =
            Pattern.compile("(?i)(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?=[,;]|$)");

    static Preference parse(String header) {
        Matcher wait = WAIT.matcher(header == null ? "" : header);
        return new Preference(wait.find() ? OptionalInt.of(Integer.parseInt(wait.group(1))) : OptionalInt.empty());
    }

    Duration waitAtMost(Duration longest) {
        Duration wanted = Duration.ofSeconds(waitSeconds.getAsInt());
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }
}
