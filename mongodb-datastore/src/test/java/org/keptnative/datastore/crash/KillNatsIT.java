package org.keptnative.datastore.crash;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;
import org.keptnative.datastore.NatsServer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills NATS, and the service that publishes there, in turns under load; {@code -Dkill.rounds=20} does so more often. A
 * stream keeps what was published, so that nothing is missed while NATS is down.
 */
class KillNatsIT {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 3);

    private final MongoTestResource mongo = new MongoTestResource();
    private final FollowerTestResource follower = new FollowerTestResource();

    @TempDir
    Path directory;

    @Test
    void every_acknowledged_event_is_on_the_bus_in_order() throws Exception {
        Map<String, String> properties = new HashMap<>(mongo.start());
        properties.putAll(follower.start());
        try (NatsServer nats = new NatsServer(directory, NatsServer.withJetStream(directory)).start()) {
            createStream(nats);
            properties.put("datastore.followers.bus.url", nats.url());
            properties.put("datastore.followers.bus.types", ">");
            try (ServiceProcess publisher = new ServiceProcess(properties)) {
                publisher.start().awaitReady();
                Load load = new Load(4, List.of(publisher.url()));
                for (int round = 0; round < ROUNDS; round++) {
                    load.awaitFurther(200);
                    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(500));
                    if (round % 2 == 0) {
                        nats.kill();
                        load.awaitFurther(200); // they wait
                        assertThat(publisher.isReady()).isTrue();
                        nats.start();
                    } else {
                        publisher.kill();
                        publisher.start().awaitReady();
                    }
                }
                load.stop();
                await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertPublished(nats, load));
                System.out.printf("kill -9 of NATS: %d rounds, %d events%n", ROUNDS, load.acknowledged());
            }
        } finally {
            follower.stop();
            mongo.stop();
        }
    }

    private static void createStream(NatsServer nats) throws Exception {
        try (Connection connection = Nats.connect(nats.url())) {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("events")
                            .subjects("sh.keptn.>")
                            .storageType(StorageType.File)
                            .build());
        }
    }

    /** At least once, the first time in order. */
    private static void assertPublished(NatsServer nats, Load load) throws Exception {
        Map<String, Set<String>> published = published(nats);
        load.events().forEach((project, ids) -> {
            List<String> first = new ArrayList<>(published.getOrDefault(project, Set.of()));
            first.retainAll(new LinkedHashSet<>(ids));
            assertThat(first).isEqualTo(ids);
        });
    }

    private static Map<String, Set<String>> published(NatsServer nats) throws Exception {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        try (Connection connection = Nats.connect(nats.url())) {
            var subscription = connection
                    .jetStream()
                    .subscribe("sh.keptn.>", PullSubscribeOptions.builder().build());
            var batch = subscription.fetch(500, Duration.ofSeconds(2));
            while (!batch.isEmpty()) {
                for (var message : batch) {
                    JsonObject event = new JsonObject(new String(message.getData(), StandardCharsets.UTF_8));
                    ids.computeIfAbsent(
                                    event.getJsonObject("data").getString("project"), project -> new LinkedHashSet<>())
                            .add(event.getString("id"));
                    message.ack();
                }
                batch = subscription.fetch(500, Duration.ofSeconds(2));
            }
        }
        return ids;
    }
}
