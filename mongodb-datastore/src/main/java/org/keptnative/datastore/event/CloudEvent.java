package org.keptnative.datastore.event;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A checked event, ready to be stored.
 *
 * @param json the whole event as JSON, as received but for redacted secrets and attributes that were missing
 * @param time the instant in its {@code time} attribute, chosen by the sender
 * @param strings the strings in it by their path, without those in arrays
 * @param facts all strings in it with their path, see {@link EventText#fact}
 */
record CloudEvent(String json, Instant time, Map<String, String> strings, Set<String> facts) {

    static final String PROJECT_DELETED = "sh.keptn.internal.event.project.delete";

    /** The string at that path, or an empty one. */
    String at(String path) {
        return strings.getOrDefault(path, "");
    }

    /** Whether this is no event to keep, but the order to forget all events of its project. */
    boolean purgesProject() {
        return at(Members.TYPE).equals(PROJECT_DELETED);
    }
}
