package org.keptnative.api.error;

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

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

@QuarkusTest
class ErrorAnswersTest {

    /** Stands in for any endpoint; only the test build has it. */
    @Path("/probe")
    public static class ProbeEndpoint {
        public record Body(Integer number, String text, Map<String, String> texts) {}

        @POST
        public Body post(Body body) {
            return body;
        }

        @GET
        public String get(@QueryParam("pageSize") int pageSize) {
            if (pageSize == 13) {
                throw new IllegalStateException("secret detail");
            }
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "; charset=utf-8"})
    void a_content_type_that_is_none_is_said_to_be_so(String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/probe"))
                .header("Content-Type", type)
                .header("x-token", "test-token")
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
                "POST | /probe | application/json | {} {}      | 400",
                "POST | /probe | application/json | {}x        | 400",
                "POST | /probe | application/json | {\"text\":true} | 400",
                "POST | /probe | application/json | {\"text\":7}    | 400",
                "POST | /probe | application/json | {\"text\":7.5}  | 400",
                "POST | /probe | application/json | {\"text\":[]}   | 400",
                "POST | /probe | application/json | {\"texts\":{\"a\":1}} | 400",
                "GET  | /probe/../nowhere    | application/json | | 400",
                "GET  | /probe/%2e%2E        | application/json | | 400",
                "GET  | /probe/.             | application/json | | 400",
                "GET  | /swagger-ui/%2e%2e/v1/metadata  | application/json | | 400",
                "GET  | /swagger-ui/..;x=1/v1/metadata | application/json | | 400",
                "GET  | /probe/a%2F..%2Fb    | application/json | | 400",
                "DELETE | /v1/project/p/service/..   | application/json | | 400",
                "DELETE | /v1/project/%2e%2e | application/json | | 400",
                "POST | /probe | application/json | {\"number\":\"x\"} | 400",
                "POST | /probe | text/plain       | x          | 415",
                "GET  | /probe?pageSize=x  | application/json | | 404",
                "GET  | /probe?pageSize=13 | application/json | | 500",
                "PUT  | /probe | application/json |            | 405",
                "GET  | /nowhere | application/json |          | 404",
            })
    void every_refusal_has_a_code_and_a_message(String method, String path, String type, String body, int status) {
        var request =
                given().urlEncodingEnabled(false).header("Content-Type", type).header("x-token", "test-token");
        if (body != null) {
            request.body(body);
        }
        request.request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/json")
                .body("code", equalTo(status))
                .body("message", not(blankOrNullString()))
                .body("message", not(containsString("secret")))
                .body("message", not(matchesPattern(".*(java|jackson|keptnative|\\bToken\\b|START_|Exception).*")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void json_is_utf_8(String charset) {
        given().header("Content-Type", "application/json")
                .header("x-token", "test-token")
                .body("{\"number\":1}".getBytes(Charset.forName(charset)))
                .post("/probe")
                .then()
                .statusCode(400)
                .body("message", containsString("UTF-8"));
    }

    @Test
    void broken_utf_8_is_refused() {
        given().header("Content-Type", "application/json")
                .header("x-token", "test-token")
                .body(new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, '"', '}'})
                .post("/probe")
                .then()
                .statusCode(400)
                .body("message", containsString("JSON"));
    }

    /** A proxy hands the next request to a connection that stays open; one that is closed is announced. */
    @Test
    void a_refusal_leaves_the_connection_open_or_says_that_it_does_not() throws IOException {
        String good = "GET /v1/auth HTTP/1.1\r\nHost: h\r\nx-token: test-token\r\nConnection: close\r\n\r\n";
        for (String refused : List.of(
                "GET /probe%zz HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /a/../b HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /probe HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc",
                "GET /" + "x".repeat(60_000) + " HTTP/1.1\r\nHost: h\r\n\r\n")) {
            try (Socket socket = new Socket("localhost", RestAssured.port)) {
                socket.getOutputStream().write((refused + good).getBytes(US_ASCII));
                String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
                String first = refused.substring(0, Math.min(40, refused.length()));
                assertThat(answers).as(first).startsWith("HTTP/1.1 4").contains("{\"code\":4");
                if (!answers.split("\r\n\r\n")[0].toLowerCase(Locale.ROOT).contains("connection: close")) {
                    assertThat(answers).as(first).contains("HTTP/1.1 200 OK");
                }
            }
        }
    }

    /** Raw, since no HTTP client sends such a request line. */
    @ParameterizedTest
    @ValueSource(strings = {"/probe%zz", "/pro\\be", "/pro{be", "/probe?pageSize=%zz"})
    void a_malformed_request_line_is_refused_in_json_too(String target) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET " + target
                                    + " HTTP/1.1\r\nHost: localhost\r\nx-token: test-token\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/json")
                    .contains("\"code\":400");
        }
    }
}
