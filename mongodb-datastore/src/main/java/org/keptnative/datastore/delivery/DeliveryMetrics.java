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
import java.util.function.ToLongFunction;

/** Counts, for each follower, what is pending, parked and delivered, and tells whether it takes events. */
@Singleton
class DeliveryMetrics {

    private static final Logger LOG = Logger.getLogger(DeliveryMetrics.class);

    private final Followers followers;
    private final PendingStore pendingStore;
    private final ParkedStore parkedStore;
    private final MeterRegistry registry;
    private final MultiGauge pending;
    private final MultiGauge parked;
    private final MultiGauge up;

    DeliveryMetrics(Followers followers, PendingStore pendingStore, ParkedStore parkedStore, MeterRegistry registry) {
        this.followers = followers;
        this.pendingStore = pendingStore;
        this.parkedStore = parkedStore;
        this.registry = registry;
        pending = gauge("datastore.events.pending");
        parked = gauge("datastore.events.parked");
        up = gauge("datastore.follower.up");
    }

    @Scheduled(every = "5s")
    void count() {
        try {
            set(pending, pendingStore::count);
            set(parked, parkedStore::count);
            set(up, follower -> pendingStore.state(follower) == Schedule.State.UP ? 1 : 0);
        } catch (MongoException e) {
            LOG.debugf("event=deliveries-not-counted reason=%s", e.getMessage());
        }
    }

    void delivered(String follower) {
        registry.counter("datastore.events.delivered", "follower", follower).increment();
    }

    private MultiGauge gauge(String name) {
        return MultiGauge.builder(name).register(registry);
    }

    private void set(MultiGauge gauge, ToLongFunction<String> valueOfFollower) {
        List<Row<?>> rows = new ArrayList<>();
        for (String follower : followers.names()) {
            rows.add(Row.of(Tags.of("follower", follower), valueOfFollower.applyAsLong(follower)));
        }
        // Replaced rather than set: a registry may outlive the instance whose gauges it holds.
        gauge.register(rows, true);
    }
}
