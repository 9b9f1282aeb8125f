package org.keptnative.datastore.admission;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.MongoTestResource;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class BodyAdmissionTest {

    private static final int SIZE = 1_000_000;
    private static final Semaphore BEGUN = new Semaphore(0);
    private static final Semaphore MAY_END = new Semaphore(0);

    @Inject
    BodyAdmission bodies;

    /** Work that takes as long as a test wants; only the test build has it. */
    @Path("/work")
    public static class WorkEndpoint {

        @POST
        public String work(byte[] body) throws InterruptedException {
            BEGUN.release();
            MAY_END.acquire();
            return "";
        }
    }

    @Test
    void what_a_client_that_has_left_sent_is_held_as_long_as_it_is_worked_on() throws Exception {
        long before = bodies.free();
        try (Socket client = announce()) {
            client.getOutputStream().write(new byte[SIZE]);
            BEGUN.acquire();
        }
        await().during(Duration.ofMillis(500)).until(() -> bodies.free() == before - SIZE);

        MAY_END.release();

        await().until(() -> bodies.free() == before);
    }

    @Test
    void clients_that_leave_amid_their_bodies_hold_nothing() throws IOException {
        long before = bodies.free();
        for (int i = 0; i < 5; i++) {
            try (Socket client = announce()) {
                client.getOutputStream().write(new byte[SIZE / 2]);
                await().until(() -> bodies.free() < before);
            }
            await().until(() -> bodies.free() == before);
        }
        assertThat(BEGUN.tryAcquire()).isFalse();
    }

    private static Socket announce() throws IOException {
        Socket client = new Socket("localhost", RestAssured.port);
        client.getOutputStream()
                .write(("POST /work HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: " + SIZE
                                + "\r\n\r\n")
                        .getBytes(US_ASCII));
        return client;
    }
}
