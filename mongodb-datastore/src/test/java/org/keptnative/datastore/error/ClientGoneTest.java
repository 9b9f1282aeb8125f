package org.keptnative.datastore.error;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.MongoTestResource;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A client that leaves amid its body is no failure of the service: one line in the log, and no trace. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class ClientGoneTest {

    private final List<LogRecord> entries = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            entries.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void unlisten() {
        Logger.getLogger("").removeHandler(log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/event"})
    void it_is_one_line_in_the_log(String path) throws Exception {
        leaveAmidABody(path);

        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(entries).allMatch(entry -> entry.getThrown() == null);
            assertThat(entries)
                    .filteredOn(entry -> entry.getMessage().contains("client-gone"))
                    .hasSizeLessThan(2);
        });
    }

    private static void leaveAmidABody(String path) throws IOException, InterruptedException {
        try (Socket client = new Socket("localhost", RestAssured.port)) {
            client.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nx-token: test-token\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"a\":\"b")
                            .getBytes(US_ASCII));
            Thread.sleep(500); // until somebody waits for the rest
        }
    }
}
