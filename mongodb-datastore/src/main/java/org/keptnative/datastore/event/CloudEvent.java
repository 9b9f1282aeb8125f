package org.keptnative.datastore.event;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A checked event, ready to be stored.
 *
 * @param json the whole event as JSON, as received but for redacted secrets and attributes that were missing
 * @param time the instant in its {@code time} attribute, chosen by the sender
 * @param strings the strings at the paths in {@link Members}, without those in arrays
 * @param keys the same in the form in which they are compared
 * @param facts the strings in it with their paths
 */
record CloudEvent(String json, Instant time, Map<String, String> strings, Map<String, String> keys, Facts facts) {

    static final String PROJECT_DELETED = "sh.keptn.internal.event.project.delete";

    static CloudEvent of(String json, Instant time, Map<String, String> strings, Facts facts) {
        Map<String, String> keys = new HashMap<>(strings);
        keys.replaceAll((path, value) -> IndexKey.of(value));
        return new CloudEvent(json, time, strings, keys, facts);
    }

    /** The string at that path, or an empty one. */
    String at(String path) {
        return strings.getOrDefault(path, "");
    }

    /** The same, see {@link IndexKey}. */
    String key(String path) {
        return keys.getOrDefault(path, "");
    }

    /** Whether all that arrived before it for its project shall be forgotten; it is itself in no list of the project. */
    boolean deletesProject() {
        return at(Members.TYPE).equals(PROJECT_DELETED);
    }
}
