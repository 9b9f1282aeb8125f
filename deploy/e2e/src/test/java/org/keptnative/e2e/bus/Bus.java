package org.keptnative.e2e.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A listener on the bus, who remembers in their order all events that are published while it listens. */
final class Bus implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final List<Message> heard = new CopyOnWriteArrayList<>();

    Bus(String url) {
        try {
            connection = Nats.connect(Options.builder()
                    .server(url)
                    .maxReconnects(-1)
                    .reconnectWait(Duration.ofMillis(50))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        listen("sh.>", heard::add);
    }

    /** Calls the listener with each message of these subjects, one after the other. */
    void listen(String subject, Consumer<Message> listener) {
        Dispatcher dispatcher = connection.createDispatcher(listener::accept);
        dispatcher.setPendingLimits(-1, -1);
        dispatcher.subscribe(subject);
    }

    List<Message> messages() {
        return heard;
    }

    List<JsonNode> events() {
        return heard.stream().map(Bus::event).toList();
    }

    /** The types of the events of a context, as they came. */
    List<String> types(String context) {
        return events().stream()
                .filter(event -> event.path("shkeptncontext").asText().equals(context))
                .map(event -> event.path("type").asText())
                .toList();
    }

    static JsonNode event(Message message) {
        try {
            return JSON.readTree(new String(message.getData(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
