package org.keptnative.datastore.transfer;

import org.keptnative.datastore.event.EventArchive.Archived;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.query.PublicEvent;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of an export: an event as anyone may see it, with its place in the order of arrival. */
final class ArchiveLine {

    private static final Pattern FORMAT =
            Pattern.compile("\\{\"sequence\":(\\d{1,19}),\"root\":(true|false),\"event\":(.*)}", Pattern.DOTALL);
    private static final byte[] BEGINNING = "{\"sequence\":".getBytes(StandardCharsets.US_ASCII);

    private ArchiveLine() {}

    static String of(EventDocument event) {
        return "{\"sequence\":" + event.sequence + ",\"root\":" + (event.root != null) + ",\"event\":"
                + PublicEvent.of(event.json) + "}\n";
    }

    static boolean is(byte[] line) {
        for (int i = 0; i < BEGINNING.length; i++) {
            if (i >= line.length || line[i] != BEGINNING[i]) {
                return false;
            }
        }
        return true;
    }

    /** Null when it is none. */
    static Archived read(byte[] line) {
        Matcher parts = FORMAT.matcher(new String(line, StandardCharsets.UTF_8).strip());
        return parts.matches()
                ? new Archived(
                        parts.group(3).getBytes(StandardCharsets.UTF_8),
                        Long.parseLong(parts.group(1)),
                        Boolean.parseBoolean(parts.group(2)))
                : null;
    }
}
