package org.keptnative.datastore.delivery;

import org.jboss.logging.Logger;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.follower.Follower;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Posts events of one project to one follower, one after the other. */
final class ProjectDelivery {

    private static final Logger LOG = Logger.getLogger(ProjectDelivery.class);

    /** What is delivered twice after a crash at the most. */
    private static final Duration BETWEEN_SETTLEMENTS = Duration.ofMillis(200);

    private final Follower follower;
    private final FollowerClient client;
    private final PendingStore store;
    private final Lease lease;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;
    private final Pauses pauses;

    ProjectDelivery(
            Follower follower,
            FollowerClient client,
            PendingStore store,
            Lease lease,
            DeliveryConfig config,
            DeliveryMetrics metrics) {
        this.follower = follower;
        this.client = client;
        this.store = store;
        this.lease = lease;
        this.config = config;
        this.metrics = metrics;
        this.pauses = new Pauses(follower.retry().firstPause(), follower.retry().longestPause());
    }

    /** Stops at the first event that must be tried again, since the later ones may not overtake it. */
    void deliver(List<EventDocument> events, Turn turn, BooleanSupplier stopped) throws InterruptedException {
        List<String> settled = new ArrayList<>();
        long settledAt = System.nanoTime();
        try {
            for (EventDocument event : events) {
                if (stopped.getAsBoolean() || !lease.isHeldFor(config.lease().dividedBy(3))) {
                    return;
                }
                if (!post(event, turn)) {
                    return;
                }
                settled.add(event.key);
                if (System.nanoTime() - settledAt > BETWEEN_SETTLEMENTS.toNanos()) {
                    store.settle(follower.name(), settled);
                    settled.clear();
                    settledAt = System.nanoTime();
                }
            }
        } finally {
            if (!settled.isEmpty()) {
                store.settle(follower.name(), settled);
            }
        }
    }

    /** Whether that event has been dealt with. */
    private boolean post(EventDocument event, Turn turn) throws InterruptedException {
        FollowerClient.Answer answer = client.post(follower.url(), event.json, follower.timeout());
        if (answer.isAccepted()) {
            metrics.delivered(follower.name());
            turn.advance();
            return true;
        }
        if (answer.isRefusedForGood() || answer.isRefused() && turn.refused() >= config.refusals()) {
            LOG.warnf(
                    "event=delivery-given-up follower=%s key=%s reason=%s",
                    follower.name(), event.key, answer.reason());
            metrics.failed(follower.name());
            turn.advance();
            return true;
        }
        Duration pause = turn.pause(pauses);
        LOG.infof(
                "event=delivery-postponed follower=%s key=%s reason=%s pause=%s",
                follower.name(), event.key, answer.reason(), pause);
        return false;
    }
}
