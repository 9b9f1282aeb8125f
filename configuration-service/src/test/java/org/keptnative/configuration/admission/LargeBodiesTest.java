package org.keptnative.configuration.admission;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Base64;
import java.util.Random;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class LargeBodiesTest {

    private static final int MIB = 1 << 20;

    @Test
    void a_file_of_20_MB_is_stored_and_read_back() {
        byte[] content = new byte[20_000_001];
        new Random(1).nextBytes(content);
        String file = newProject() + "/resource/large.bin";

        json().body("{\"resourceURI\":\"large.bin\",\"resourceContent\":\""
                        + Base64.getEncoder().encodeToString(content) + "\"}")
                .put(file)
                .then()
                .statusCode(201);

        String read = json().get(file).then().statusCode(200).extract().path("resourceContent");
        assertThat(Base64.getDecoder().decode(read)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 34000000", "Transfer-Encoding: chunked"})
    void a_larger_body_is_refused_with_the_limit(String framing) throws IOException {
        String answer;
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/project HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\n" + framing + "\r\n\r\n")
                    .getBytes(US_ASCII));
            sendUntilAnswered(socket, framing.endsWith("chunked"));
            answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":413").contains("more than 33554432 bytes");
        json().get("/v1/project").then().statusCode(200).body(containsString("projects"));
    }

    private static void sendUntilAnswered(Socket socket, boolean chunked) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] text = "x".repeat(MIB).getBytes(US_ASCII);
        for (int i = 0; i < 32 && socket.getInputStream().available() == 0; i++) {
            if (chunked) {
                out.write((Integer.toHexString(MIB + 1) + "\r\n").getBytes(US_ASCII));
                out.write(i == 0 ? '"' : 'x');
                out.write(text);
                out.write("\r\n".getBytes(US_ASCII));
            } else {
                out.write(text);
            }
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(US_ASCII));
        }
    }
}
