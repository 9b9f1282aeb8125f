package org.keptnative.datastore.crash;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills the service under load; {@code -Dkill.rounds=20} does so more often. */
class KillServiceIT {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 3);

    private final MongoTestResource mongo = new MongoTestResource();
    private final FollowerTestResource follower = new FollowerTestResource();
    private final Map<String, String> properties = new HashMap<>();

    @BeforeEach
    void start() {
        properties.putAll(mongo.start());
        properties.putAll(follower.start());
    }

    @AfterEach
    void stop() {
        FollowerTestResource.accept();
        follower.stop();
        mongo.stop();
    }

    @Test
    void no_acknowledged_event_is_lost_and_all_are_delivered_in_order() throws Exception {
        try (ServiceProcess service = new ServiceProcess(properties)) {
            Load load = new Load(4, List.of(service.url()));
            for (int round = 0; round < ROUNDS; round++) {
                service.start().awaitReady();
                load.awaitFurther(200);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(500));
                service.kill();
            }
            service.start().awaitReady();
            load.stop();
            System.out.printf("kill -9 of the service: %d rounds, %d events%n", ROUNDS, load.acknowledged());
            load.assertStored();
            load.assertDelivered();
        }
    }

    @Test
    void three_replicas_deliver_in_order_and_never_the_same_event_at_the_same_time() throws Exception {
        Set<String> inDelivery = ConcurrentHashMap.newKeySet();
        AtomicInteger collisions = new AtomicInteger();
        FollowerTestResource.answer(event -> {
            if (!inDelivery.add(event.getString("id"))) {
                collisions.incrementAndGet();
            }
            sleep(2);
            inDelivery.remove(event.getString("id"));
            return 200;
        });
        try (ServiceProcess one = new ServiceProcess(properties).start();
                ServiceProcess other = new ServiceProcess(properties).start();
                ServiceProcess third = new ServiceProcess(properties).start()) {
            one.awaitReady();
            other.awaitReady();
            third.awaitReady();
            // Each client posts an event when the one before it is acknowledged, to another replica.
            Load load = new Load(2, List.of(one.url(), other.url(), third.url()));
            for (ServiceProcess victim : List.of(one, other)) {
                load.awaitFurther(100);
                victim.kill();
                victim.start().awaitReady();
            }
            load.stop();
            load.assertStored();
            load.assertDelivered();
            assertThat(collisions).hasValue(0);
        }
    }

    private static void sleep(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
