package org.keptnative.datastore.delivery;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.Events;
import org.keptnative.datastore.NatsServer;
import org.keptnative.datastore.follower.Follower;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.datastore.delivery.Answer.Kind.ACCEPTED;
import static org.keptnative.datastore.delivery.Answer.Kind.FAILED;
import static org.keptnative.datastore.delivery.Answer.Kind.REFUSED;
import static org.keptnative.datastore.delivery.Answer.Kind.UNREACHABLE;

class NatsSenderTest {

    @TempDir
    Path directory;

    @Test
    void events_are_published_as_they_are_in_their_order() throws Exception {
        try (NatsServer server = new NatsServer(directory).start();
                Connection receiver = Nats.connect(server.url());
                Sender sender = sender(server.url())) {
            Subscription subscription = receiver.subscribe("sh.keptn.>");
            receiver.flush(Duration.ofSeconds(10));
            List<Waiting.Event> events = IntStream.range(0, 100)
                    .mapToObj(i -> event("sh.keptn.t" + i % 3, "id" + i))
                    .toList();
            assertThat(sender.send(events)).hasSize(100).allMatch(Answer.ACCEPTED::equals);
            for (Waiting.Event event : events) {
                var message = subscription.nextMessage(Duration.ofSeconds(10));
                assertThat(new String(message.getData(), StandardCharsets.UTF_8))
                        .isEqualTo(event.json());
                assertThat(message.getSubject()).isEqualTo(new JsonObject(event.json()).getString("type"));
                assertThat(message.hasHeaders()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with blank",
                "a..b",
                ".a",
                "a.",
                "*",
                "a.*",
                "a.>",
                ">",
                "a\tb",
                "a\nPUB b 0",
                "$JS.API.STREAM.PURGE.a",
                "_INBOX.a"
            })
    void what_is_no_subject_is_refused_and_the_others_go_out(String type) throws Exception {
        try (NatsServer server = new NatsServer(directory).start();
                Sender sender = sender(server.url())) {
            assertThat(sender.send(List.of(event("good", "1"), event(type, "2"), event("good", "3"))))
                    .extracting(Answer::kind)
                    .containsExactly(ACCEPTED, REFUSED, ACCEPTED);
        }
    }

    @Test
    void a_type_too_long_for_a_line_of_the_protocol_is_refused_in_a_stream_too() throws Exception {
        try (NatsServer server = new NatsServer(directory, NatsServer.withJetStream(directory)).start();
                Connection receiver = Nats.connect(server.url());
                Sender sender = sender(server.url())) {
            receiver.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("events")
                            .subjects("ü.>")
                            .storageType(StorageType.Memory)
                            .build());
            assertThat(sender.send(List.of(
                            event("x".repeat(3_500), "1"),
                            event("x".repeat(3_501), "2"),
                            event("ü." + "x".repeat(3_497), "3"),
                            event("ü." + "x".repeat(3_498), "4"))))
                    .extracting(Answer::kind)
                    .containsExactly(ACCEPTED, REFUSED, ACCEPTED, REFUSED);
        }
    }

    @Test
    void what_is_too_large_for_the_server_is_refused() throws Exception {
        try (NatsServer server = new NatsServer(directory).start();
                Sender sender = sender(server.url())) {
            Waiting.Event large = new Waiting.Event(
                    new Waiting("key", "p", 1, 1),
                    Events.event("p").put("large", "x".repeat(1_100_000)).encode());
            assertThat(sender.send(List.of(large)).get(0).kind()).isEqualTo(REFUSED);
            assertThat(sender.send(List.of(event("good", "1")))).containsExactly(Answer.ACCEPTED);
        }
    }

    @Test
    void nothing_is_confirmed_while_the_server_is_gone_and_all_is_afterwards() throws Exception {
        try (NatsServer server = new NatsServer(directory).start();
                Sender sender = sender(server.url())) {
            assertThat(sender.send(List.of(event("a", "1")))).containsExactly(Answer.ACCEPTED);
            server.kill();
            assertThat(sender.send(List.of(event("a", "2"))).get(0).kind()).isEqualTo(UNREACHABLE);
            assertThat(sender.send(List.of(event("a", "2"))).get(0).kind()).isEqualTo(UNREACHABLE);
            server.start();
            try (Connection receiver = Nats.connect(server.url())) {
                Subscription subscription = receiver.subscribe("a");
                receiver.flush(Duration.ofSeconds(10));
                assertThat(sender.send(List.of(event("a", "3")))).containsExactly(Answer.ACCEPTED);
                assertThat(id(subscription.nextMessage(Duration.ofSeconds(10)).getData()))
                        .isEqualTo("3");
            }
        }
    }

    @Test
    void a_stream_keeps_an_event_that_is_sent_twice_once() throws Exception {
        try (NatsServer server = new NatsServer(directory, NatsServer.withJetStream(directory)).start();
                Connection receiver = Nats.connect(server.url());
                Sender sender = sender(server.url())) {
            receiver.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("events")
                            .subjects("sh.keptn.>")
                            .storageType(StorageType.File)
                            .build());
            List<Waiting.Event> events =
                    List.of(event("sh.keptn.a", "1"), event("other", "2"), event("sh.keptn.a", "3"));
            for (int i = 0; i < 2; i++) {
                assertThat(sender.send(events)).allMatch(Answer.ACCEPTED::equals);
            }
            var subscription = receiver.jetStream().subscribe("sh.keptn.>");
            List<String> ids = new ArrayList<>();
            for (var message = subscription.nextMessage(Duration.ofSeconds(10));
                    message != null;
                    message = subscription.nextMessage(Duration.ofMillis(300))) {
                ids.add(id(message.getData()));
                assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).isEqualTo("key-" + id(message.getData()));
            }
            assertThat(ids).containsExactly("1", "3");
        }
    }

    @ParameterizedTest
    @CsvSource({"me:p%40ss@, ACCEPTED", "me:wrong@, UNREACHABLE", "'', UNREACHABLE"})
    void user_and_password_stand_in_the_url(String credentials, Answer.Kind kind) throws Exception {
        try (NatsServer server = new NatsServer(directory, "--user", "me", "--pass", "p@ss").start();
                Sender sender = sender("nats://" + credentials + server.address())) {
            assertThat(sender.send(List.of(event("a", "1"))).get(0).kind()).isEqualTo(kind);
        }
    }

    @Test
    void so_may_a_token() throws Exception {
        try (NatsServer server = new NatsServer(directory, "--auth", "s3cret").start();
                Sender sender = sender("nats://s3cret@" + server.address())) {
            assertThat(sender.send(List.of(event("a", "1")))).containsExactly(Answer.ACCEPTED);
        }
    }

    @Test
    void a_subject_that_is_not_permitted_is_no_delivery() throws Exception {
        Path configuration = Files.writeString(
                directory.resolve("nats.conf"),
                "authorization { users = [ {user: me, password: pass, permissions: {publish: [\"a\", \"$JS.>\"]}} ] }");
        try (NatsServer server = new NatsServer(directory, "--config", configuration.toString()).start();
                Sender sender = sender("nats://me:pass@" + server.address())) {
            assertThat(sender.send(List.of(event("a", "1"), event("b", "2"))))
                    .extracting(Answer::kind)
                    .containsExactly(ACCEPTED, FAILED);
            assertThat(sender.send(List.of(event("a", "3")))).containsExactly(Answer.ACCEPTED);
        }
    }

    private static Sender sender(String url) {
        return Sender.to(new Follower(
                "bus",
                URI.create(url),
                List.of(),
                Duration.ofSeconds(10),
                2,
                new Follower.Retry(Duration.ofMillis(20), Duration.ofMillis(100), 10)));
    }

    private static Waiting.Event event(String type, String id) {
        return new Waiting.Event(
                new Waiting("key-" + id, "p", 1, 1),
                Events.event("p").put("type", type).put("id", id).encode());
    }

    private static String id(byte[] event) {
        return new JsonObject(new String(event, StandardCharsets.UTF_8)).getString("id");
    }
}
