package org.keptnative.api.auth;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.api.neighbours.Neighbours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class TokenCheckTest {

    @ConfigProperty(name = "auth.token-file")
    Path tokenFile;

    @ParameterizedTest
    @ValueSource(strings = {"test-token", "another-token"})
    void each_valid_token_is_accepted(String token) {
        for (String method : new String[] {"GET", "POST"}) {
            Response answer = given().header("x-token", token).request(method, "/v1/auth");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body().asString()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/auth",
        "POST,/v1/auth",
        "POST,/v1/event",
        "GET,/v1/event",
        "GET,/v1/metadata",
        "POST,/v1/project",
        "DELETE,/v1/project/p",
        "POST,/v1/project/p/service",
        "DELETE,/v1/project/p/service/s",
        "POST,/v1/project/p/stage/st/service/s/evaluation",
        "GET,/v1/config/bridge",
        "POST,/v1/config/bridge",
        "GET,/v1/nowhere",
        "OPTIONS,/v1/event",
        "GET,//v1//metadata",
        "GET,/v1/metadata/",
        "GET,/nowhere",
        "GET,/q/health",
    })
    void nothing_is_open_without_a_token(String method, String path) {
        given().urlEncodingEnabled(false)
                .request(method, path)
                .then()
                .statusCode(401)
                .contentType("application/json")
                .body("code", equalTo(401))
                .body("message", equalTo("unauthenticated for invalid credentials"));
        attempt("203.0.113.1", "").statusCode(401).body("message", equalTo("unauthenticated for invalid credentials"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-toke", "test-tokens", "TEST-TOKEN", "test-token,another-token", "x"})
    void a_token_that_is_nearly_right_is_wrong(String token) {
        attempt("203.0.113.2", token).statusCode(401).body("message", equalTo("incorrect api key auth"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/swagger-ui/swagger.yaml", "/swagger-ui/"})
    void the_documentation_is_open(String path) {
        given().get(path).then().statusCode(200);
    }

    @Test
    void guessing_is_slowed_down_for_the_address_that_guesses() {
        for (int i = 0; i < 20; i++) {
            attempt("203.0.113.3", "guess-" + i).statusCode(401);
        }
        attempt("203.0.113.3", "one-more")
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, allOf(greaterThan(0), lessThanOrEqualTo(3)))
                .body("code", equalTo(429))
                .body("message", startsWith("too many wrong tokens"));
        attempt("203.0.113.4", "wrong").statusCode(401);
        // who knows the token is not locked out by a neighbour who does not
        attempt("203.0.113.3", "test-token").statusCode(200);
        attempt("203.0.113.3", "one-more").statusCode(429);
        // what a client claims about itself changes nothing
        given().header("X-Real-IP", "203.0.113.3")
                .header("X-Forwarded-For", "203.0.113.10")
                .header("x-token", "one-more")
                .post("/v1/auth")
                .then()
                .statusCode(429);
    }

    @Test
    void a_missing_token_is_no_guess() {
        for (int i = 0; i < 30; i++) {
            attempt("203.0.113.5", "").statusCode(401);
        }
        attempt("203.0.113.5", "test-token").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "keptn:test-token, 200",
        ":test-token, 200",
        "test-token, 200",
        "keptn:wrong, 401",
        "keptn:, 401",
        "test-token:keptn, 401"
    })
    void where_a_token_is_only_checked_it_may_be_a_password(String credentials, int status) {
        String basic = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
        given().header("X-Real-IP", "203.0.113.9")
                .header("Authorization", basic)
                .post("/v1/auth")
                .then()
                .statusCode(status);
        given().header("Authorization", basic).get("/v1/metadata").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic %%%", "Bearer test-token", "Basic a2VwdG4"})
    void what_is_no_password_is_no_token(String authorization) {
        given().header("Authorization", authorization).post("/v1/auth").then().statusCode(401);
    }

    @Test
    void tokens_in_the_file_change_without_a_restart() throws IOException {
        try {
            write("first-token\n\n second-token \n");
            await().untilAsserted(() -> attempt("203.0.113.6", "second-token").statusCode(200));
            attempt("203.0.113.6", "first-token").statusCode(200);

            write("third-token");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> attempt("203.0.113.7", "third-token").statusCode(200));
            attempt("203.0.113.7", "first-token").statusCode(401);
            attempt("203.0.113.7", "test-token").statusCode(200);

            write("third-token\nof no use\n");
            attempt("203.0.113.8", "third-token").statusCode(200);

            Files.delete(tokenFile);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> attempt("203.0.113.8", "third-token").statusCode(401));
            attempt("203.0.113.8", "test-token").statusCode(200);
        } finally {
            Files.deleteIfExists(tokenFile);
        }
    }

    private void write(String content) throws IOException {
        Files.createDirectories(tokenFile.getParent());
        Files.writeString(tokenFile, content);
    }

    private static ValidatableResponse attempt(String client, String token) {
        return given().header("X-Real-IP", client)
                .header("x-token", token)
                .post("/v1/auth")
                .then();
    }
}
