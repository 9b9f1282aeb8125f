package org.keptnative.api.client;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.api.neighbours.FakeConfiguration;
import org.keptnative.api.neighbours.FakeDatastore;
import org.keptnative.api.neighbours.FakeServer;
import org.keptnative.api.neighbours.Neighbours;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

/** Neighbours that are down, hang or come back. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class NeighbourDownTest {

    private static final String EVENT = "{\"type\":\"t\",\"source\":\"s\",\"data\":{}}";
    private static final String PROJECT = "{\"name\":\"p\",\"shipyard\":\"c3RhZ2VzOgotIG5hbWU6IGRldgo=\"}";
    private static final String SERVICE = "{\"serviceName\":\"s\"}";

    FakeDatastore datastore;
    FakeConfiguration configuration;

    @AfterEach
    void behave() {
        datastore.reset();
        configuration.reset();
        // a breaker that has opened closes again
        await().untilAsserted(() ->
                send("DELETE", "/v1/project/none/service/none", "").statusCode(200));
        datastore.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/v1/project,'" + PROJECT + "'",
        "DELETE,/v1/project/p,''",
        "POST,/v1/project/p/service,'" + SERVICE + "'",
        "DELETE,/v1/project/p/service/s,''",
        "POST,/v1/project/p/stage/dev/service/s/evaluation,{}",
    })
    void nothing_happens_while_the_configuration_service_is_down(String method, String path, String body) {
        whileDown(
                configuration.server(),
                () -> send(method, path, body)
                        .statusCode(503)
                        .body("code", equalTo(503))
                        .body("message", equalTo("configuration-service does not answer, try again later")));
        assertThat(datastore.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/v1/event,'" + EVENT + "'",
        "POST,/v1/project,'{\"name\":\"q\",\"shipyard\":\"c3RhZ2VzOgotIG5hbWU6IGRldgo=\"}'",
        "DELETE,/v1/project/p,''",
        "POST,/v1/project/p/service,'{\"serviceName\":\"other\"}'",
        "DELETE,/v1/project/p/service/s,''",
        "POST,/v1/project/p/stage/dev/service/s/evaluation,{}",
        "GET,/v1/event?keptnContext=c&type=t,''",
    })
    void nothing_happens_while_the_datastore_is_down(String method, String path, String body) {
        configuration.create("p", "dev").services().add("s");
        whileDown(
                datastore.server(),
                () -> send(method, path, body)
                        .statusCode(503)
                        .body("message", startsWith("mongodb-datastore does not answer, try again later")));
        assertThat(configuration.projects()).containsOnlyKeys("p");
        assertThat(configuration.projects().get("p").services()).containsExactly("s");
    }

    @Test
    void a_neighbour_that_hangs_is_not_waited_for() {
        datastore.server().delay(20_000);
        post("/v1/event", EVENT)
                .statusCode(503)
                .body("message", startsWith("mongodb-datastore does not answer, try again later"));
        datastore.server().stop(); // and with it the event that still hangs there
        datastore.server().start();
    }

    @Test
    void a_refusal_of_the_datastore_is_passed_on() {
        datastore.server().failWith(400, "type is too long");
        post("/v1/event", EVENT).statusCode(400).body("message", equalTo("type is too long"));
    }

    @Test
    void a_neighbour_that_is_down_is_left_alone_for_a_while_and_then_asked_again() {
        // told from those of other tests, of which one may still be on its way when it has been answered 503
        String event = EVENT.replace("\"t\"", "\"while-down\"");
        whileDown(datastore.server(), () -> {
            for (int i = 0; i < 30; i++) {
                post("/v1/event", event).statusCode(503);
            }
        });
        post("/v1/event", event).statusCode(503);
        assertThat(datastore.events())
                .noneMatch(stored -> stored.get("type").asText().equals("while-down"));
        await().untilAsserted(() -> post("/v1/event", event).statusCode(200));
    }

    private static void whileDown(FakeServer server, Runnable action) {
        server.stop();
        try {
            action.run();
        } finally {
            server.start();
        }
    }

    private static ValidatableResponse post(String path, String body) {
        return send("POST", path, body);
    }

    private static ValidatableResponse send(String method, String path, String body) {
        return given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body(body)
                .request(method, path)
                .then();
    }
}
