package org.keptnative.e2e.bus;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Nats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * NATS or the datastore is killed under load, again and again: every acknowledged event gets on the bus at least once,
 * those of a project in their order. {@code -Dbus.rounds=20} for a longer run.
 */
class BusKillsIT {

    private static final int ROUNDS = Integer.getInteger("bus.rounds", 3);

    /** A line of the server's log for each message that it was given, with the id that {@link Load} gives its events. */
    private static final Pattern GIVEN =
            Pattern.compile("<<- MSG_PAYLOAD: .*?\\\\?\"id\\\\?\":\\\\?\"(counted\\d-\\d+)");

    private Nats nats;
    private Installation installation;

    @BeforeEach
    void start() throws Exception {
        nats = new Nats(Files.createTempDirectory(Files.createDirectories(Path.of("target", "nats")), "")
                .toAbsolutePath());
        nats.start();
        installation = Installation.start(nats.environment());
    }

    @AfterEach
    void stop() {
        installation.close();
        nats.close();
    }

    @Test
    void natsIsKilled() throws Exception {
        Load load = new Load(installation);

        for (int round = 0; round < ROUNDS; round++) {
            awaitMore(load, 20);
            killNats();
        }

        awaitMore(load, 20);
        load.stop();
        Followers.awaitNothingPending(installation);
        assertAndTell("NATS killed", load, given());
    }

    @Test
    void natsIsKilledWhileAStreamKeepsTheEvents() throws Exception {
        try (Connection connection = io.nats.client.Nats.connect(nats.url())) {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("keptn")
                            .subjects("sh.keptn.>")
                            .build());
        }
        Load load = new Load(installation);

        for (int round = 0; round < ROUNDS; round++) {
            awaitMore(load, 20);
            killNats();
        }

        awaitMore(load, 20);
        load.stop();
        Followers.awaitNothingPending(installation);
        assertAndTell("NATS killed, with a stream", load, kept());
    }

    @Test
    void theDatastoreIsKilled() throws Exception {
        Load load = new Load(installation);

        for (int round = 0; round < ROUNDS; round++) {
            awaitMore(load, 20);
            installation.mongodbDatastore().kill();
            installation.mongodbDatastore().start();
            installation.mongodbDatastore().awaitReady();
        }

        awaitMore(load, 20);
        load.stop();
        Followers.awaitNothingPending(installation);
        assertAndTell("datastore killed", load, given());
    }

    private void killNats() throws InterruptedException {
        nats.kill();
        Thread.sleep(ThreadLocalRandom.current().nextInt(500));
        nats.start();
    }

    private static void awaitMore(Load load, int events) {
        int before = load.acknowledged();
        await().atMost(Duration.ofSeconds(60)).until(() -> load.acknowledged() >= before + events);
    }

    private static void assertAndTell(String what, Load load, List<String> published) {
        load.assertAllThereInOrder(published);
        System.out.printf(
                "%s %d times: %d events acknowledged, %d on the bus, %d of them repeats%n",
                what,
                ROUNDS,
                load.acknowledged(),
                published.size(),
                published.size() - new HashSet<>(published).size());
    }

    /** By what the server wrote, since a listener misses what is said while it is not connected. */
    private List<String> given() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : Files.readAllLines(nats.log())) {
            Matcher matcher = GIVEN.matcher(line);
            if (matcher.find()) {
                ids.add(matcher.group(1));
            }
        }
        return ids;
    }

    private List<String> kept() throws Exception {
        List<String> ids = new ArrayList<>();
        try (Connection connection = io.nats.client.Nats.connect(nats.url())) {
            var subscription = connection
                    .jetStream()
                    .subscribe(
                            "sh.keptn.event.counted",
                            PushSubscribeOptions.builder()
                                    .ordered(true)
                                    .configuration(ConsumerConfiguration.builder()
                                            .deliverPolicy(DeliverPolicy.All)
                                            .build())
                                    .build());
            long count = connection
                    .jetStreamManagement()
                    .getStreamInfo("keptn")
                    .getStreamState()
                    .getMsgCount();
            while (ids.size() < count) {
                Message message = subscription.nextMessage(Duration.ofSeconds(10));
                assertThat(message).as("message %d of the stream", ids.size()).isNotNull();
                ids.add(Bus.event(message).path("id").asText());
            }
        }
        return ids;
    }
}
