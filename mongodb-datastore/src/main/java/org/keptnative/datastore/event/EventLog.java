package org.keptnative.datastore.event;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.stream.Collectors;

/** Takes events in. */
@Singleton
class EventLog {

    @Inject
    EventStore store;

    @Inject
    Event<EventsStored> stored;

    @Inject
    MeterRegistry metrics;

    /** When this returns, the events are durable, and so are orders to forget a project; returns how many were new. */
    int accept(List<CloudEvent> events) {
        int added = store.add(events);
        metrics.counter("datastore.events.stored").increment(added);
        metrics.counter("datastore.events.duplicate").increment(events.size() - added);
        if (added > 0) {
            stored.fire(new EventsStored(events.stream()
                    .map(event -> IndexKey.of(event.at(Members.PROJECT)))
                    .collect(Collectors.toSet())));
        }
        return added;
    }
}
