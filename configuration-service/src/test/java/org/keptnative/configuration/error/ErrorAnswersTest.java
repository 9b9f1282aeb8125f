package org.keptnative.configuration.error;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.git.GitException;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class ErrorAnswersTest {

    /** Stands in for any endpoint; only the test build has it. */
    @Path("/probe")
    public static class ProbeEndpoint {
        public record Body(Integer number) {}

        @POST
        public Body post(Body body) {
            return body;
        }

        @GET
        public String get(@QueryParam("pageSize") int pageSize) {
            if (pageSize == 12) {
                throw new GitException(GitException.Reason.UPSTREAM_SILENT, "the upstream does not answer");
            }
            if (pageSize == 13) {
                throw new IllegalStateException("secret detail");
            }
            return "";
        }
    }

    @Test
    void who_waits_for_a_silent_upstream_is_told_to_take_its_time() {
        String pause = given().queryParam("pageSize", 12)
                .get("/probe")
                .then()
                .statusCode(503)
                .extract()
                .header("Retry-After");

        assertThat(Integer.parseInt(pause)).isBetween(5, 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "; charset=utf-8"})
    void a_content_type_that_is_none_is_said_to_be_so(String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/probe"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the header Content-Type is no media type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /probe | application/json | {          | 400",
                "POST | /probe | application/json | [1]        | 400",
                "POST | /probe | application/json | {\"number\":\"x\"} | 400",
                "POST | /probe | text/plain       | x          | 415",
                "GET  | /probe?pageSize=x  | application/json | | 404",
                "GET  | /probe?pageSize=13 | application/json | | 500",
                "PUT  | /probe | application/json |            | 405",
                "GET  | /nowhere | application/json |          | 404",
            })
    void every_refusal_has_a_code_and_a_message(String method, String path, String type, String body, int status) {
        var request = given().urlEncodingEnabled(false).header("Content-Type", type);
        if (body != null) {
            request.body(body);
        }
        request.request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/json")
                .body("code", equalTo(status))
                .body("message", not(blankOrNullString()))
                .body("message", not(containsString("secret")));
    }

    /** Raw, since no HTTP client sends such a request line. */
    @ParameterizedTest
    @ValueSource(strings = {"/probe%zz", "/pro\\be", "/pro{be", "/probe?pageSize=%zz"})
    void a_malformed_request_line_is_refused_in_json_too(String target) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/json")
                    .contains("\"code\":400");
        }
    }

    /** The body of a project that must not come into being. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"projectName\":true}                                | projectName must be a string",
                "{\"projectName\":1}                                   | projectName must be a string",
                "{\"projectName\":1.5}                                 | projectName must be a string",
                "{\"projectName\":[\"x\"]}                           | projectName must be a string",
                "{\"projectName\":\"x\",\"stages\":\"dev\"}      | stages must be a list",
                "{\"projectName\":\"x\",\"stages\":[{\"stageName\":2}]} | stages[0].stageName must be a string",
                "{\"projectName\":\"x\",\"stages\":[\"dev\"]}    | stages[0] must be an object",
                "{\"projectName\":\"x\"}{\"a\":1}                  | nothing after it",
                "{\"projectName\":\"x\"} x                           | no JSON",
                "{\"projectName\":\"x\",}                            | no JSON in UTF-8, or repeats a name in an object: see line 1",
                "{\"projectName\":\"x                                 | no JSON",
                "{\"projectName\":\"y\",\"projectName\":\"x\"} | repeats a name in an object: see line 1",
                "\"x\"                                                 | the body must be",
            })
    void json_is_read_strictly_and_what_is_wrong_is_said_in_its_words(String body, String message) {
        given().contentType("application/json")
                .body(body.getBytes(UTF_8))
                .post("/v1/project")
                .then()
                .statusCode(400)
                .body("message", containsString(message))
                .body("message", not(matchesPattern("(?s).*(java|jackson|org\\.|com\\.|Exception|Stream|[Tt]oken).*")));
        given().get("/v1/project/x").then().statusCode(404);
    }

    @Test
    void a_body_in_another_encoding_is_refused() {
        for (var charset : List.of(UTF_16LE, UTF_16BE, ISO_8859_1)) {
            given().contentType("application/json")
                    .body("{\"projectName\":\"x\",\"gitUser\":\"\u00e9\"}".getBytes(charset))
                    .post("/v1/project")
                    .then()
                    .statusCode(400)
                    .body("message", containsString("no JSON in UTF-8"));
        }
    }

    @Test
    void a_body_that_is_nested_too_deeply_is_refused_without_words_of_the_parser() {
        given().contentType("application/json")
                .body("{\"x\":".repeat(2000).getBytes(UTF_8))
                .post("/v1/project")
                .then()
                .statusCode(400)
                .body("message", containsString("nested too deeply"))
                .body("message", not(containsString("Stream")));
    }

    @Test
    void an_overlong_uri_is_refused_in_json() {
        given().get("/v1/project/" + "x".repeat(20_000))
                .then()
                .statusCode(414)
                .contentType("application/json")
                .body("code", equalTo(414));
    }

    /** Or else NGINX would hand a connection that is stuck to somebody else. */
    @ParameterizedTest
    @ValueSource(strings = {"/probe%zz", "/probe", "/nowhere"})
    void a_refusal_leaves_the_connection_usable(String path) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            String body = "x".repeat(300_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body
                                    + "GET /probe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 40")
                    .containsPattern("HTTP/1.1 20[04] ");
        }
    }
}
