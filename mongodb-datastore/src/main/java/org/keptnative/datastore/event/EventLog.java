package org.keptnative.datastore.event;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes events in. */
@Singleton
class EventLog {

    private static final Logger LOG = Logger.getLogger(EventLog.class);

    @Inject
    EventStore store;

    @Inject
    Event<EventsStored> stored;

    @Inject
    MeterRegistry metrics;

    /** When this returns, the events are durable, and orders to forget a project have been carried out in their turn. */
    void accept(List<CloudEvent> events) {
        List<CloudEvent> toStore = new ArrayList<>();
        for (CloudEvent event : events) {
            if (event.purgesProject()) {
                store(toStore);
                toStore.clear();
                store.purge(event.at(Members.PROJECT));
                LOG.infof("event=purged project=%s", event.at(Members.PROJECT));
            } else {
                toStore.add(event);
            }
        }
        store(toStore);
    }

    private void store(List<CloudEvent> events) {
        int added = store.add(events);
        metrics.counter("datastore.events.stored").increment(added);
        metrics.counter("datastore.events.duplicate").increment(events.size() - added);
        if (added > 0) {
            stored.fire(new EventsStored(events.stream()
                    .map(event -> IndexKey.of(event.at(Members.PROJECT)))
                    .collect(Collectors.toSet())));
        }
    }
}
