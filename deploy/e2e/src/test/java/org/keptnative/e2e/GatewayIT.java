package org.keptnative.e2e;

import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;

/** What the gateway lets through and how it refuses: always with the error body that Keptn clients read. */
class GatewayIT {

    private static final String TOKEN_HEADER =
            "x-token: " + Installation.shared().token();

    private final Installation installation = Installation.shared();
    private final URI gateway = installation.gateway().url();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/error",
                "/api/v1/nothing",
                "/api/configuration-service/v1/nothing",
                "/api/mongodb-datastore/nothing",
                "/api/mongodb-datastorexyz/event",
                "/api/v1/authXYZ"
            })
    void unknownPathsAreNotFound(String path) {
        installation
                .client()
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/json")
                .body("code", equalTo(404))
                .body("message", not(emptyOrNullString()));
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE /api/v1/event HTTP/1.1, 405",
        "GET /api/v1/%zz HTTP/1.1, 400",
        "GET /api/configuration-service/v1/a b HTTP/1.1, 400",
        "GET /api/v1/event HTTP/9.9, 505",
        "NONSENSE, 400",
    })
    void malformedRequestsAreRefused(String requestLine, int status) throws IOException {
        assertRefused(
                RawRequest.send(gateway, requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"), status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a b",
                "Host: localhost:99999",
                "Host: localhost/x",
                "Host: localhost\r\nx-control: a\u0001b",
                "Host: localhost\r\nCookie: \u007f"
            })
    void malformedHeadersAreRefused(String headers) throws IOException {
        assertRefused(
                RawRequest.send(
                        gateway,
                        "GET /api/v1/metadata HTTP/1.1\r\nConnection: close\r\n" + TOKEN_HEADER + "\r\n" + headers
                                + "\r\n\r\n"),
                400);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 200", "1.1, 400"})
    void aRequestWithoutHostIsAnsweredInJson(String version, int status) throws IOException {
        RawRequest answer = RawRequest.send(
                gateway,
                "GET /api/v1/metadata HTTP/" + version + "\r\nConnection: close\r\n" + TOKEN_HEADER + "\r\n\r\n");

        assertThat(answer.status()).as(answer.answer()).isEqualTo(status);
        assertThat(answer.answer()).containsIgnoringCase("content-type: application/json");
    }

    @Test
    void aWebsocketThatIsRefusedSaysWhy() throws IOException {
        assertRefused(
                RawRequest.send(
                        gateway,
                        "GET /api/websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Token: none\r\n\r\n"),
                401);
    }

    @Test
    void aTokenThatNoHeaderMayHaveIsWrong() throws IOException {
        assertRefused(RawRequest.get(gateway, "/api/v1/metadata", "x-token: a\001b"), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/configuration-service", "/mongodb-datastore"})
    void aRangeThatAFileDoesNotHaveIsRefused(String service) throws IOException {
        assertRefused(
                RawRequest.get(
                        gateway,
                        "/api" + service + "/swagger-ui/index.html",
                        TOKEN_HEADER + "\r\nRange: bytes=99999999-"),
                416);
    }

    @Test
    void tooLongRequestsAreRefused() throws IOException {
        assertRefused(RawRequest.get(gateway, "/api/v1/" + "x".repeat(15_000), TOKEN_HEADER), 404);
        String long20k = "x".repeat(20_000);
        assertRefused(RawRequest.get(gateway, "/api/v1/" + long20k), 414);
        assertRefused(RawRequest.get(gateway, "/api/v1/metadata", "x-long: " + long20k), 431);
        assertRefused(
                RawRequest.send(
                        gateway,
                        "POST /api/v1/event HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Content-Length: 40000000\r\n\r\n"),
                413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/configuration-service/v1/project/p/stage/dev/service/..",
                "/api/configuration-service/v1/project/p/stage/dev/service/%2e%2E",
                "/api/configuration-service/v1/project/p/stage/dev/service/.%2e",
                "/api/configuration-service/v1/project/p/stage/%252e%252e/service/s",
                "/api/configuration-service/v1/project/p%2F..%2Fq",
                "/api/configuration-service/v1/project/p/stage/..;a=b",
                "/api/configuration-service/v1/project/p/./stage",
                "/api/configuration-service/v1/./project/p/resource/a",
                "/api/configuration-service/v1/project/p/resource/../stage",
                "/api/configuration-service/v1/project/p/resource/a%2F..%2Fb",
                "/api/configuration-service/v1/project/p/resource/a%252F%252e%252e",
                "/api/v1/project/..",
                "/api/v1/project/p/service/.",
                "/api/mongodb-datastore/event/type/..?filter=x",
            })
    void aPathWithDotSegmentsIsRefused(String path) throws IOException {
        assertRefused(RawRequest.get(gateway, path, TOKEN_HEADER), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/configuration-service/v1/project/..a",
                "/api/configuration-service/v1/project/none/resource/.helmignore",
                "/api/configuration-service/v1/project/none/resource/.%2Fa",
                "/api/configuration-service/v1/project/none/stage/dev/resource/./a",
                "/api/mongodb-datastore/event?project=..&source=/../x",
            })
    void otherDotsAreLeftToTheServices(String path) throws IOException {
        assertThat(RawRequest.get(gateway, path, TOKEN_HEADER).body()).doesNotContain("not resolved here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/mongodb-datastore/swagger-ui/../event",
                "/api/mongodb-datastore/swagger-ui/swagger.yaml/../../event",
                "/api/mongodb-datastore/swagger-ui/swagger.yaml%2F..%2F..%2Fevent",
                "/api/swagger-ui/../mongodb-datastore/event",
                "/api/swagger-ui/..%2f..%2fmongodb-datastore/event",
                "/api/swagger-ui/%2e%2e/mongodb-datastore/event",
                "/api/v1/auth/../../mongodb-datastore/event",
                "//api//mongodb-datastore//event",
                "/api/%6dongodb-datastore/event",
                "/API/mongodb-datastore/event",
                "/api/mongodb-datastore/swagger-ui/swagger.yaml;/../../event",
                "http://localhost/api/mongodb-datastore/event",
            })
    void noSpellingOfAPathGetsPastTheTokenCheck(String path) throws IOException {
        RawRequest answer = RawRequest.get(gateway, path);

        assertThat(answer.status()).as(answer.answer()).isIn(400, 401, 404);
        assertThat(answer.body()).contains("\"message\"").doesNotContain("\"events\"");
    }

    @Test
    void theCheckOfTheTokenSeesNothingElseOfTheRequest() {
        installation
                .client()
                .accept("image/png")
                .contentType("text/plain")
                .body("x".repeat(100_000))
                .post("/api/v1/auth")
                .then()
                .statusCode(200);
        installation
                .client()
                .accept("image/png")
                .get("/api/configuration-service/v1/project")
                .then()
                .statusCode(oneOf(200, 406));
    }

    @Test
    void anyMethodTriesTheToken() {
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE"}) {
            installation.client().request(method, "/api/v1/auth").then().statusCode(200);
            installation.stranger().request(method, "/api/v1/auth").then().statusCode(401);
        }
    }

    @Test
    void tooManyWrongTokensAreThrottledPerClient() {
        String intruder = "203.0.113.7";
        int status = 401;
        for (int attempt = 0; attempt < 100 && status == 401; attempt++) {
            status = installation
                    .stranger()
                    .header("x-token", "guess-" + attempt)
                    .header("X-Forwarded-For", intruder)
                    .get("/api/mongodb-datastore/event")
                    .statusCode();
        }

        installation
                .stranger()
                .header("x-token", "one-guess-more")
                .header("X-Forwarded-For", intruder)
                .get("/api/configuration-service/v1/project")
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .contentType("application/json")
                .body("code", equalTo(429));
        installation
                .client()
                .get("/api/configuration-service/v1/project")
                .then()
                .statusCode(200);
    }

    @Test
    void theRootAndTheApiLeadToTheDocumentation() {
        for (String path : new String[] {"/", "/api", "/api/"}) {
            installation
                    .stranger()
                    .redirects()
                    .follow(false)
                    .get(path)
                    .then()
                    .statusCode(oneOf(301, 302))
                    .header("Location", "/api/swagger-ui/");
        }
    }

    @Test
    void aTokenIsSentToTheServicesOnlyWhereTheyCheckIt() throws IOException {
        assertThat(RawRequest.get(gateway, "/api/v1/metadata", TOKEN_HEADER).status())
                .isEqualTo(200);
        assertThat(RawRequest.get(gateway, "/nginx-health", TOKEN_HEADER).body())
                .isEqualTo("OK\n");
    }

    private static void assertRefused(RawRequest answer, int status) {
        assertThat(answer.status()).as(answer.answer()).isEqualTo(status);
        assertThat(answer.answer()).containsIgnoringCase("content-type: application/json");
        assertThat(JsonPath.from(answer.body()).getInt("code")).isEqualTo(status);
        assertThat(JsonPath.from(answer.body()).getString("message")).isNotBlank();
    }
}
