package org.keptnative.datastore.query;

import org.keptnative.datastore.event.Edition;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.Facts;
import org.keptnative.datastore.event.Lists;
import org.keptnative.datastore.event.Members;
import org.keptnative.datastore.event.StoredText;
import org.keptnative.datastore.event.Times;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which events are asked for.
 *
 * @param root only the first event of each context in its project
 * @param anyOf at each of these paths the event has one of these strings
 * @param after only events with a later time; null for any time
 */
record Query(boolean root, Map<String, List<String>> anyOf, Instant after) {

    /** The list to read. */
    Lists.Choice list(Edition edition) {
        Map<String, String> values = new HashMap<>();
        if (!anyOf.containsKey(Members.ID) && !anyOf.containsKey(Members.CONTEXT)) {
            values.put(Members.PROJECT, "");
        }
        anyOf.forEach((path, any) -> {
            if (any.size() == 1) {
                values.put(path, any.get(0));
            }
        });
        return Lists.narrowest(values, root, edition);
    }

    /** Those of the events, which come newest first, that are later than asked for. */
    List<EventDocument> later(List<EventDocument> events) {
        if (after == null) {
            return events;
        }
        long exact = Times.nanos(after);
        return events.stream()
                .takeWhile(event -> !isPassedBy(event))
                .filter(event -> (event.exactTime == null ? event.time : event.exactTime) > exact)
                .toList();
    }

    /**
     * Whether an event of the list, of which it may not be noted, has what is asked for.
     *
     * @param json of the event; nothing if it has been removed meanwhile
     */
    boolean isMetBy(EventDocument event, Supplier<Optional<String>> json) {
        List<Map.Entry<String, List<String>>> open = anyOf.entrySet().stream()
                .filter(condition -> event.incomplete != null && !Facts.areAlwaysNotedFor(condition.getKey()))
                .toList();
        return open.isEmpty()
                || json.get()
                        .filter(text -> open.stream()
                                .allMatch(condition -> StoredText.has(text, condition.getKey(), condition.getValue())))
                        .isPresent();
    }

    /** Whether neither that event nor any that follows it in the order of a list is late enough. */
    boolean isPassedBy(EventDocument event) {
        return after != null && event.time < Times.millisecond(after);
    }

    /** A name for this kind of query in the metrics. */
    String kind() {
        String by = Stream.of(Members.ID, Members.CONTEXT, Members.PROJECT)
                .filter(anyOf::containsKey)
                .findFirst()
                .orElse("unmapped");
        return root ? "root by " + by : by;
    }
}
