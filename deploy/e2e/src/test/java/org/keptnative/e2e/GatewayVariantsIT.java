package org.keptnative.e2e;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.e2e.installation.Gateway;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

/** The gateway with other settings than those of the shared installation, in front of its services. */
class GatewayVariantsIT {

    private static final String NOBODY = "127.0.0.1:" + Ports.free();

    @TempDir
    Path folder;

    private final Installation installation = Installation.shared();
    private Gateway gateway;

    private void start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "API_SERVICE", address(installation.apiServiceUrl()),
                "CONFIGURATION_SERVICE", address(installation.configurationServiceUrl()),
                "MONGODB_DATASTORE", address(installation.mongodbDatastoreUrl())));
        all.putAll(settings);
        gateway = new Gateway(folder, all);
        gateway.process().start();
        gateway.process().awaitReady();
    }

    @AfterEach
    void stop() {
        gateway.process().stop();
    }

    @Test
    void aServiceThatIsDownIsSaidToBe() {
        start(Map.of("MONGODB_DATASTORE", NOBODY));

        assertUnavailable("/api/mongodb-datastore/event", "not available");
    }

    @Test
    void nobodyPassesWhileTheTokenCannotBeChecked() {
        start(Map.of("API_SERVICE", NOBODY));

        assertUnavailable("/api/mongodb-datastore/event", "api-service does not answer");
        assertUnavailable("/api/configuration-service/v1/project", "api-service does not answer");
        assertUnavailable("/api/v1/auth", "not available");
        assertUnavailable("/api/v1/metadata", "api-service does not answer");
    }

    /** It lies in the memory of the machine, where nobody else would find it. */
    @Test
    void whatAGatewayLeavesIsTakenAwayByTheNext() throws IOException {
        start(Map.of());
        Path left = folder.resolve("gateway/valid-tokens").toRealPath();
        gateway.process().stop();

        start(Map.of());

        assertThat(left).doesNotExist();
        assertThat(folder.resolve("gateway/valid-tokens")).exists();
        get("/api/mongodb-datastore/event?project=none").then().statusCode(200);
    }

    @Test
    void everythingMovesBelowThePrefix() {
        start(Map.of("PREFIX_PATH", "/keptn"));

        get("/api/mongodb-datastore/event?project=none").then().statusCode(200);
        get("/api/configuration-service/v1/project/a%2Fb")
                .then()
                .statusCode(404)
                .body("message", equalTo("Project not found"));
        assertThat(redirect("/api")).isEqualTo("/keptn/api/swagger-ui/");
        given().get(gateway.url().resolve("/api/v1/metadata"))
                .then()
                .statusCode(404)
                .body("code", equalTo(404));
    }

    @Test
    void theBridgeIsShownWithoutToken() throws IOException {
        HttpServer bridge = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        bridge.createContext("/", exchange -> {
            byte[] seen = (exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("x-token"))
                    .getBytes();
            exchange.sendResponseHeaders(200, seen.length);
            exchange.getResponseBody().write(seen);
            exchange.close();
        });
        bridge.start();
        try {
            start(Map.of(
                    "PREFIX_PATH",
                    "/keptn",
                    "BRIDGE",
                    address(URI.create("http://localhost:" + bridge.getAddress().getPort()))));

            get("/bridge/dashboard?a=b").then().statusCode(200).body(equalTo("/dashboard?a=b null"));
            assertThat(redirect("/")).isEqualTo("/keptn/bridge/");
            assertThat(redirect("/bridge")).isEqualTo("/keptn/bridge/");
            assertThat(redirect("/trace/1?x=1")).isEqualTo("/keptn/bridge/trace/1?x=1");
        } finally {
            bridge.stop(0);
        }
    }

    @Test
    void aBridgeThatIsNotThereKeepsNothingElseAway() {
        start(Map.of("BRIDGE", "bridge.invalid:8080"));

        get("/api/mongodb-datastore/event?project=none").then().statusCode(200);
        get("/bridge/").then().statusCode(404);
        assertThat(redirect("/")).isEqualTo("/api/swagger-ui/");
    }

    private String redirect(String path) {
        return given().redirects().follow(false).get(gateway.url() + path).header("Location");
    }

    @Test
    void bodiesAreLimitedAsTheOperatorWishes() {
        start(Map.of("MAX_BODY_SIZE", "1k"));

        given().header("x-token", installation.token())
                .contentType("application/json")
                .body("x".repeat(1025))
                .post(gateway.url() + "/api/v1/event")
                .then()
                .statusCode(413)
                .body("message", containsString("1k"));
    }

    @Test
    void anInventedAddressIsNotBelieved() throws IOException {
        start(Map.of());
        // Another one than that of the other tests, which shall not be throttled.
        InetAddress intruder = InetAddress.getByName("127.0.0.77");

        int status = 401;
        for (int attempt = 0; attempt < 80 && status == 401; attempt++) {
            status = RawRequest.send(
                            gateway.url(),
                            "GET /api/mongodb-datastore/event HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "X-Forwarded-For: 203.0.113." + attempt + "\r\nX-Real-IP: 203.0.113." + attempt
                                    + "\r\nx-token: guess-" + attempt + "\r\n\r\n",
                            intruder)
                    .status();
        }

        assertThat(status).isEqualTo(429);
    }

    @Test
    void itListensOnIpv6() {
        int port = Ports.free();
        start(Map.of("GATEWAY_LISTEN", "[::1]:" + port));

        given().header("x-token", installation.token())
                .get("http://[::1]:" + port + "/api/v1/metadata")
                .then()
                .statusCode(200);
    }

    @Test
    void aTokenFoundValidIsRememberedForSecondsOnly() {
        try (Installation own = Installation.start(Map.of())) {
            gateway = own.gateway();
            own.client().get("/api/mongodb-datastore/event?project=none").then().statusCode(200);

            own.apiService().kill();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> own.client()
                            .get("/api/mongodb-datastore/event?project=none")
                            .then()
                            .statusCode(503));
            own.apiService().start();
            own.apiService().awaitReady();
            own.client().get("/api/mongodb-datastore/event?project=none").then().statusCode(200);
        }
    }

    private void assertUnavailable(String path, String message) {
        get(path)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .contentType("application/json")
                .body("code", equalTo(503))
                .body("message", containsString(message));
    }

    private io.restassured.response.Response get(String path) {
        return given().header("x-token", installation.token())
                .urlEncodingEnabled(false)
                .get(gateway.url() + path);
    }

    private static String address(URI url) {
        return url.getAuthority();
    }
}
