package org.keptnative.api.admission;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.api.neighbours.FakeDatastore;
import org.keptnative.api.neighbours.Neighbours;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class BodyAdmissionTest {

    @Inject
    BodyAdmission bodies;

    private FakeDatastore datastore;

    @AfterEach
    void reset() {
        datastore.reset();
    }

    /** Nobody is told a limit before it is known who asks, and nothing is read of a body that is too large. */
    @ParameterizedTest
    @CsvSource({"test-token,413,33554432 bytes", "wrong,401,incorrect", "'',401,unauthenticated"})
    void a_body_that_is_too_large_is_refused_when_it_is_announced(String token, int status, String message)
            throws IOException {
        try (Socket client = announce(token, 40_000_000)) {
            byte[] answer = new byte[2000];
            int length = client.getInputStream().read(answer);
            assertThat(new String(answer, 0, length, UTF_8))
                    .startsWith("HTTP/1.1 " + status)
                    .contains("\"code\":" + status)
                    .contains(message);
        }
    }

    /** A client that goes away while its body is read gives back what it had; a few of these would have all of it. */
    @Test
    void clients_that_leave_hold_nothing() throws IOException {
        long before = bodies.free();
        long heap = Runtime.getRuntime().maxMemory();
        for (long announced = 0; announced < heap; announced += 30_000_000) {
            announce("test-token", 30_000_000).close();
        }
        given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body("{\"type\":\"t\",\"source\":\"s\",\"data\":{}}")
                .post("/v1/event")
                .then()
                .statusCode(200);
        await().until(bodies::free, free -> free == before);
    }

    /** What a client sent is worked on when it is gone, and then it holds nothing either. */
    @Test
    void clients_that_leave_before_the_answer_hold_nothing() throws IOException {
        long before = bodies.free();
        String event = "{\"type\":\"left\",\"source\":\"s\",\"data\":{\"text\":\"" + "a".repeat(1_000_000) + "\"}}";
        datastore.server().delay(1_000);
        for (int i = 0; i < 3; i++) {
            int asked = datastore.server().asked();
            try (Socket client = announce("test-token", event.length())) {
                client.getOutputStream().write(event.substring(1).getBytes(US_ASCII));
                await().until(() -> datastore.server().asked() > asked);
            }
        }
        await().until(() -> datastore.events().size() == 3); // else they would come amid the next test
        await().until(bodies::free, free -> free == before);
    }

    /** Those that only announce a body wait for each other, and are told to come again. */
    @Test
    void too_many_at_once_are_told_to_come_again() throws IOException {
        long before = bodies.free();
        List<Socket> clients = new ArrayList<>();
        try {
            for (long announced = 0; announced < Runtime.getRuntime().maxMemory() / 6; announced += 30_000_000) {
                clients.add(announce("test-token", 30_000_000));
            }
            byte[] answer = new byte[2000];
            int length = clients.get(clients.size() - 1).getInputStream().read(answer);
            assertThat(new String(answer, 0, length, UTF_8).toLowerCase(Locale.ROOT))
                    .startsWith("http/1.1 503")
                    .contains("retry-after: 1")
                    .contains("\"code\":503");
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        await().until(bodies::free, free -> free == before);
    }

    @Test
    void an_answer_waits_for_no_memory_but_is_told_to_come_again() throws IOException {
        long before = bodies.free();
        datastore.store(
                "{\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"shkeptncontext\":\"large\",\"data\":{\"text\":\""
                        + "a".repeat(1_000_000) + "\"}}");
        List<Socket> clients = new ArrayList<>();
        try {
            while (bodies.free() > 500_000) {
                long free = bodies.free();
                clients.add(announce("test-token", (int) Math.min(30_000_000, free - 100_000)));
                await().until(() -> bodies.free() < free);
            }
            newest().statusCode(503).header("Retry-After", notNullValue()).body("message", containsString("memory"));
            again().statusCode(503).header("Retry-After", notNullValue()).body("message", containsString("memory"));
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        await().until(bodies::free, free -> free == before);
        newest().statusCode(200).body("shkeptncontext", equalTo("large"));
        again().statusCode(200);
        await().until(bodies::free, free -> free == before);
    }

    /** It is small, and what is stored under its id is large. */
    private static ValidatableResponse again() {
        return given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body("{\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{}}")
                .post("/v1/event")
                .then();
    }

    private static ValidatableResponse newest() {
        return given().header("x-token", "test-token")
                .get("/v1/event?keptnContext=large&type=t")
                .then();
    }

    private static Socket announce(String token, int bytes) throws IOException {
        Socket client = new Socket("localhost", RestAssured.port);
        client.getOutputStream()
                .write(("POST /v1/event HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nx-token: " + token
                                + "\r\nContent-Length: " + bytes + "\r\n\r\n{")
                        .getBytes(US_ASCII));
        return client;
    }
}
