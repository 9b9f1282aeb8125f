package org.keptnative.api.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.api.neighbours.FakeConfiguration;
import org.keptnative.api.neighbours.FakeDatastore;
import org.keptnative.api.neighbours.Neighbours;
import org.keptnative.api.progress.SocketClient;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Commands of another replica that has died: it is there in the database and shows no sign of life. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class TakeoverTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SERVICE_CREATE = "sh.keptn.internal.event.service.create";

    FakeDatastore datastore;
    FakeConfiguration configuration;

    @Inject
    ReactiveMongoClient database;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String name;

    @Inject
    ObjectMapper json;

    private final String context = UUID.randomUUID().toString();
    private final String eventId = UUID.randomUUID().toString();

    @AfterEach
    void behave() {
        datastore.reset();
        configuration.reset();
    }

    @Test
    void a_command_that_was_recorded_is_done() throws IOException {
        configuration.create("sockshop", "dev");
        abandon(SERVICE_CREATE, service(false));

        hears("INFO Creating new Keptn service carts in stage dev", "END");
        assertThat(configuration.projects().get("sockshop").services()).containsExactly("carts");
        await().atMost(LONG).untilAsserted(() -> assertThat(isOpen()).isFalse());
    }

    @Test
    void a_command_that_was_done_but_not_ended_is_ended_as_a_success() throws IOException {
        configuration.create("sockshop", "dev").services().add("carts");
        abandon(SERVICE_CREATE, service(false));

        hears("INFO Creating new Keptn service carts in stage dev", "END");
    }

    @Test
    void a_command_that_cannot_be_done_fails_as_it_would_have_failed_before() throws IOException {
        configuration.create("sockshop", "dev").services().add("carts");
        abandon(SERVICE_CREATE, service(true));

        hears(
                "INFO Creating new Keptn service carts in stage dev",
                "ERROR Failed to create service carts in project sockshop: Service already exists",
                "END");
    }

    @Test
    void a_project_that_is_gone_is_forgotten() throws IOException {
        abandon(
                "sh.keptn.internal.event.project.delete",
                json.createObjectNode()
                        .put("project", "sockshop")
                        .put("existed", true)
                        .put("gitRemoteURI", ""));

        hears("INFO Project successfully deleted", "END");
        assertThat(datastore.eventOf(context).get("id").asText()).isEqualTo(eventId);
    }

    @Test
    void a_command_that_was_never_acknowledged_is_dropped() {
        configuration.create("sockshop", "dev");
        CommandStore dead = new CommandStore(database, name, json);
        Command command = new Command(context, SERVICE_CREATE, eventId, service(false), false);
        dead.add(command).await().atMost(LONG);

        await().atMost(LONG).untilAsserted(() -> assertThat(isOpen()).isFalse());
        assertThat(configuration.projects().get("sockshop").services()).isEmpty();
    }

    private ObjectNode service(boolean existed) {
        ObjectNode parameters = json.createObjectNode()
                .put("project", "sockshop")
                .put("service", "carts")
                .put("existed", existed)
                .put("forHelm", false);
        parameters.putArray("stages").add("dev");
        return parameters;
    }

    /** As a replica leaves it that dies after it has answered. */
    private void abandon(String type, ObjectNode parameters) throws IOException {
        CommandStore dead = new CommandStore(database, name, json);
        if (!type.endsWith("project.delete")) {
            datastore.store("{\"id\":\"" + eventId + "\",\"source\":\"https://github.com/keptn/keptn/api\",\"type\":\""
                    + type + "\",\"shkeptncontext\":\"" + context + "\",\"data\":{}}");
        }
        dead.add(new Command(context, type, eventId, parameters, false)).await().atMost(LONG);
    }

    private boolean isOpen() {
        return new CommandStore(database, name, json)
                .ofOthers().await().atMost(LONG).stream()
                        .anyMatch(owned -> owned.command().context().equals(context));
    }

    private void hears(String... lines) {
        String token = given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body("{\"type\":\"t\",\"source\":\"s\",\"data\":{}}")
                .post("/v1/event")
                .path("token");
        try (SocketClient client = SocketClient.reader(token, context)) {
            await().atMost(LONG).untilAsserted(() -> assertThat(client.lines()).containsExactly(lines));
        }
    }
}
