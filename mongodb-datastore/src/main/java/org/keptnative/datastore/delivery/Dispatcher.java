package org.keptnative.datastore.delivery;

import com.mongodb.client.MongoClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.datastore.error.DatabaseLog;
import org.keptnative.datastore.event.EventsStored;
import org.keptnative.datastore.follower.Follower;
import org.keptnative.datastore.follower.Followers;

import java.util.ArrayList;
import java.util.List;

/** Runs one {@link Delivery} for each follower. */
@ApplicationScoped
class Dispatcher {

    @Inject
    Followers followers;

    @Inject
    PendingStore store;

    @Inject
    DeliveryConfig config;

    @Inject
    DeliveryMetrics metrics;

    @Inject
    LargeEvents largeEvents;

    @Inject
    DatabaseLog databaseLog;

    @Inject
    MongoClient mongo;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String database;

    private final List<Delivery> deliveries = new ArrayList<>();

    void start(@Observes StartupEvent started) {
        for (Follower follower : followers.all()) {
            var leases = mongo.getDatabase(database).getCollection("leases");
            Lease lease = new Lease(leases, follower.name(), config.lease());
            Delivery delivery = new Delivery(
                    follower, store, lease, Sender.to(follower), largeEvents, config, metrics, databaseLog);
            deliveries.add(delivery);
            delivery.start();
        }
    }

    void wake(@Observes EventsStored stored) {
        deliveries.forEach(delivery -> delivery.wake(stored.projects()));
    }

    boolean isAlive() {
        return deliveries.stream().allMatch(Delivery::isAlive);
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        for (Delivery delivery : deliveries) {
            delivery.stop(config.lease().dividedBy(3));
        }
    }
}
