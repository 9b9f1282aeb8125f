package org.keptnative.datastore.delivery;

import com.mongodb.MongoException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.datastore.follower.Followers;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts, for each follower, what is pending and what became of deliveries. */
@Singleton
class DeliveryMetrics {

    private static final Logger LOG = Logger.getLogger(DeliveryMetrics.class);

    private final MeterRegistry registry;
    private final PendingStore store;
    private final Map<String, AtomicLong> pending = new TreeMap<>();

    DeliveryMetrics(Followers followers, PendingStore store, MeterRegistry registry) {
        this.registry = registry;
        this.store = store;
        for (String follower : followers.names()) {
            AtomicLong count = new AtomicLong();
            pending.put(follower, count);
            Gauge.builder("datastore.events.pending", count, AtomicLong::get)
                    .tag("follower", follower)
                    .register(registry);
        }
    }

    @Scheduled(every = "5s")
    void countPending() {
        try {
            pending.forEach((follower, count) -> count.set(store.count(follower)));
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
