package org.keptnative.datastore.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.List;

/** Takes events in. */
@ApplicationScoped
public class EventLog {

    private static final Logger LOG = Logger.getLogger(EventLog.class);

    @Inject
    EventStore store;

    @Inject
    jakarta.enterprise.event.Event<EventsStored> stored;

    /** When this returns, every one of them is durable, or the events of its project are purged. */
    public void accept(List<Event> events) {
        List<Event> run = new ArrayList<>();
        for (Event event : events) {
            if (event.purgesProject()) {
                store(run);
                run.clear();
                store.purge(event.project());
                LOG.infof("event=purged project=%s", event.project());
            } else {
                run.add(event);
            }
        }
        store(run);
    }

    private void store(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        if (store.add(events) > 0) {
            stored.fire(new EventsStored());
        }
    }
}
