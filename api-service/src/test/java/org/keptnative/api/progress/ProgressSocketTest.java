package org.keptnative.api.progress;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtSignatureException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.api.neighbours.Neighbours;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class ProgressSocketTest {

    @Inject
    ChannelToken tokens;

    @Inject
    FrameStore frames;

    private final String context = UUID.randomUUID().toString();

    @Test
    void frames_of_a_writer_reach_the_readers_as_they_are() {
        String frame = frame(context, "deployed é");
        try (SocketClient writer = SocketClient.connect("Token", tokens.mint());
                SocketClient early = SocketClient.reader(tokens.mint(), context);
                SocketClient other = SocketClient.reader(tokens.mint(), "other")) {
            writer.send(frame);
            await().untilAsserted(() -> assertThat(early.frames()).containsExactly(frame));
            try (SocketClient late = SocketClient.reader(tokens.mint(), context)) {
                await().untilAsserted(() -> assertThat(late.frames()).containsExactly(frame));
                writer.send(frame(context, "more"));
                await().untilAsserted(() -> assertThat(late.frames()).hasSize(2));
                await().untilAsserted(() -> assertThat(early.frames()).hasSize(2));
            }
            assertThat(other.frames()).isEmpty();
        }
    }

    @Test
    void only_a_valid_token_opens_it() throws JoseException {
        float later = 10;
        assertThat(SocketClient.refusal()).isEqualTo(401);
        assertThat(SocketClient.refusal("Token", "")).isEqualTo(401);
        assertThat(SocketClient.refusal("Token", "test-token")).isEqualTo(401);
        assertThat(SocketClient.refusal("x-token", "test-token")).isEqualTo(401);
        assertThat(SocketClient.refusal("Token", tokens.mint(), "Token", tokens.mint()))
                .isEqualTo(401);
        assertThat(SocketClient.refusal("Token", tokens.mint())).isEqualTo(101);
        // as the original signs them
        assertThat(SocketClient.refusal("Token", jwt("HS256", "test-token", later)))
                .isEqualTo(101);
        assertThat(SocketClient.refusal("Token", jwt("HS256", "another-token", later)))
                .isEqualTo(101);
        assertThat(SocketClient.refusal("Token", jwt("HS256", "wrong-key", later)))
                .isEqualTo(401);
        assertThat(SocketClient.refusal("Token", jwt("HS256", "test-token", -later)))
                .isEqualTo(401);
        assertThat(SocketClient.refusal("Token", jwt("HS512", "test-token", later)))
                .isEqualTo(401);
        assertThat(SocketClient.refusal("Token", jwt("none", null, later))).isEqualTo(401);
    }

    @Test
    void the_api_token_cannot_be_guessed_from_a_progress_token() {
        JwtConsumerBuilder signedWithApiToken = new JwtConsumerBuilder()
                .setVerificationKey(new HmacKey("test-token".getBytes(UTF_8)))
                .setRelaxVerificationKeyValidation();
        assertThatThrownBy(() -> signedWithApiToken.build().processToClaims(tokens.mint()))
                .isInstanceOf(InvalidJwtSignatureException.class);
    }

    /** Also where nothing but a part of the header makes it an upgrade. */
    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket", "websocket, h2c"})
    void a_refusal_says_why_in_json(String protocol) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET /websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: " + protocol
                                    + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(US_ASCII));
            byte[] answer = new byte[2000];
            assertThat(new String(answer, 0, socket.getInputStream().read(answer), US_ASCII))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("application/json")
                    .contains("\"code\":401");
        }
    }

    @Test
    void guessing_is_slowed_down_here_too() {
        for (int i = 0; i < 20; i++) {
            assertThat(SocketClient.refusal("Token", "guess-" + i, "X-Real-IP", "203.0.113.50"))
                    .isEqualTo(401);
        }
        assertThat(SocketClient.refusal("Token", "one-more", "X-Real-IP", "203.0.113.50"))
                .isEqualTo(429);
        assertThat(SocketClient.refusal("Token", tokens.mint(), "X-Real-IP", "203.0.113.50"))
                .isEqualTo(101);
        given().header("X-Real-IP", "203.0.113.50")
                .header("x-token", "one-more")
                .get("/v1/auth")
                .then()
                .statusCode(429);
    }

    @Test
    void a_page_from_elsewhere_is_kept_out() {
        String here = "localhost:" + RestAssured.port;
        assertThat(SocketClient.refusal("Token", tokens.mint(), "Origin", "http://" + here))
                .isEqualTo(101);
        assertThat(SocketClient.refusal("Token", tokens.mint(), "Origin", "http://evil.example"))
                .isEqualTo(403);
        assertThat(SocketClient.refusal("Token", tokens.mint(), "Origin", "http://localhost:1"))
                .isEqualTo(403);
        assertThat(SocketClient.refusal("Token", tokens.mint(), "Origin", "null"))
                .isEqualTo(403);
        assertThat(SocketClient.refusal("Token", tokens.mint(), "Origin", "::")).isEqualTo(403);
    }

    @Test
    void what_is_no_frame_ends_the_connection_of_its_writer() {
        for (String nonsense : new String[] {"x", "[]", "{}", "{\"shkeptncontext\":7}", ""}) {
            try (SocketClient writer = SocketClient.connect("Token", tokens.mint())) {
                writer.send(nonsense);
                await().untilAsserted(() -> assertThat(writer.closed()).isCompletedWithValue(1007));
            }
        }
    }

    @Test
    void a_reader_has_nothing_to_say() {
        try (SocketClient reader = SocketClient.reader(tokens.mint(), context)) {
            reader.send(frame(context, "mine"));
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(reader.frames()).isEmpty());
        }
    }

    @Test
    void readers_are_pinged() {
        try (SocketClient reader = SocketClient.reader(tokens.mint(), context)) {
            await().untilAsserted(() -> assertThat(reader.pings()).isPositive());
        }
    }

    @Test
    void contexts_that_nobody_reads_leave_nothing_behind() {
        try (SocketClient writer = SocketClient.connect("Token", tokens.mint())) {
            IntStream.range(0, 200).forEach(i -> writer.send(frame("nobody-" + i, "hello")));
        }
        Map<String, Long> all = IntStream.range(0, 200).boxed().collect(Collectors.toMap(i -> "nobody-" + i, i -> 0L));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(kept(all)).isPositive());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(kept(all)).isZero());
    }

    private int kept(Map<String, Long> contexts) {
        return frames.after(contexts).await().atMost(Duration.ofSeconds(30)).size();
    }

    private static String jwt(String algorithm, String key, float minutes) throws JoseException {
        JwtClaims claims = new JwtClaims();
        NumericDate expiry = NumericDate.now();
        expiry.addSeconds((long) (minutes * 60));
        claims.setExpirationTime(expiry);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setDoKeyValidation(false);
        signature.setKey(key == null ? null : new HmacKey(key.getBytes(UTF_8)));
        return signature.getCompactSerialization();
    }

    private static String frame(String context, String message) {
        return """
                {"specversion":"0.2","contentType":"application/json","type":"sh.keptn.events.log",\
                "shkeptncontext":"%s","data":{"message":"%s","terminate":false,"loglevel":"INFO"}}""".formatted(context, message);
    }
}
