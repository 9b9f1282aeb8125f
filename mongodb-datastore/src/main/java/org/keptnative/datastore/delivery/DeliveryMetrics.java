package org.keptnative.datastore.delivery;

import com.mongodb.MongoException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.datastore.follower.Followers;

import java.util.ArrayList;
import java.util.List;

/** Counts, for each follower, what is pending and what became of deliveries. */
@Singleton
class DeliveryMetrics {

    private static final Logger LOG = Logger.getLogger(DeliveryMetrics.class);

    private final Followers followers;
    private final PendingStore store;
    private final MeterRegistry registry;
    private final MultiGauge pending;

    DeliveryMetrics(Followers followers, PendingStore store, MeterRegistry registry) {
        this.followers = followers;
        this.store = store;
        this.registry = registry;
        pending = MultiGauge.builder("datastore.events.pending").register(registry);
    }

    @Scheduled(every = "5s")
    void countPending() {
        try {
            List<Row<?>> rows = new ArrayList<>();
            for (String follower : followers.names()) {
                rows.add(Row.of(Tags.of("follower", follower), store.count(follower)));
            }
            // Replaced rather than set: a registry may outlive the instance whose gauges it holds.
            pending.register(rows, true);
        } catch (MongoException e) {
            LOG.debugf("event=pending-not-counted reason=%s", e.getMessage());
        }
    }

    void delivered(String follower) {
        registry.counter("datastore.events.delivered", "follower", follower).increment();
    }

    /** The follower will not get that event. */
    void failed(String follower) {
        registry.counter("datastore.events.failed", "follower", follower).increment();
    }
}
