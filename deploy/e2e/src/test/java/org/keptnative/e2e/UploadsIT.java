package org.keptnative.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever has no token is refused before the gateway takes in what he sends, wherever he sends it. */
class UploadsIT {

    private static final int SENDERS = 10;
    private static final int ANNOUNCED = 30_000_000;
    private static final int SENT = 100_000; // more than NGINX keeps in memory

    private final Installation installation = Installation.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/event",
                "POST /api/v1/project",
                "POST /api/v1/auth",
                "GET /api/v1/auth",
                "POST /api/swagger-ui/",
                "GET /api/swagger-ui/index.html",
                "POST /api/websocket",
                "POST /api/configuration-service/v1/project",
                "GET /api/configuration-service/swagger-ui/swagger.yaml",
                "POST /api/mongodb-datastore/event",
                "PUT /api/mongodb-datastore/swagger-ui/swagger.yaml",
            })
    void nothingIsTakenInBeforeTheTokenIsChecked(String methodAndPath) throws IOException {
        List<Socket> senders = new ArrayList<>();
        try {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(begin(methodAndPath, i % 2 == 0 ? "" : "x-token: wrong\r\n"));
            }
            // None of them has sent all it has announced.
            for (Socket sender : senders) {
                assertThat(statusLine(sender)).isIn("HTTP/1.1 401", "HTTP/1.1 429");
            }
            try (Stream<Path> taken = Files.walk(installation.folder().resolve("gateway/client-body"))) {
                assertThat(taken.filter(Files::isRegularFile)).isEmpty();
            }
        } finally {
            for (Socket sender : senders) {
                sender.close();
            }
        }
    }

    private Socket begin(String methodAndPath, String token) throws IOException {
        URI gateway = installation.gateway().url();
        Socket socket = new Socket(gateway.getHost(), gateway.getPort());
        socket.setSoTimeout(30_000);
        // Not from the address of the other tests, which would be throttled.
        String head = methodAndPath + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.99\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + ANNOUNCED + "\r\n" + token + "\r\n";
        socket.getOutputStream().write((head + "x".repeat(SENT)).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String statusLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 401".length()), StandardCharsets.US_ASCII);
    }
}
