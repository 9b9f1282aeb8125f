package org.keptnative.datastore.event;

import java.time.Instant;
import java.util.Set;

/**
 * A checked event, ready to be stored.
 *
 * @param json the whole event as JSON, as received but for redacted secrets and attributes that were missing
 * @param time the instant in its {@code time} attribute, chosen by the sender
 * @param context its {@code shkeptncontext}; empty when it has none
 * @param project {@code data.project}; empty when the event belongs to no project
 * @param stage {@code data.stage} or empty
 * @param service {@code data.service} or empty
 * @param triggeredId its {@code triggeredid}; empty when it has none
 * @param facts what a filter can ask for: {@code path:value} for every string in the event
 */
public record Event(
        String json,
        String id,
        String source,
        String type,
        Instant time,
        String context,
        String project,
        String stage,
        String service,
        String triggeredId,
        Set<String> facts) {

    static final String PROJECT_DELETED = "sh.keptn.internal.event.project.delete";

    /** Whether this is no event to keep, but the order to forget all events of its project. */
    boolean purgesProject() {
        return type.equals(PROJECT_DELETED);
    }
}
