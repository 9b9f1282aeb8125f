package org.keptnative.datastore.error;

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
import org.keptnative.datastore.MongoTestResource;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
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
                .body("message", not(containsString("secret")))
                .body("message", not(matchesRegex("(?is).*(java|jackson|HTTP \\d|deserializ).*")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/event/.",
                "/event/..",
                "/event/../event",
                "/event/%2e%2E",
                "/event/type/%2e./x",
                "/event/type/a%2F..%2Fb",
                "/event/type/..;x=1",
                "/./event"
            })
    void a_dot_segment_is_refused_and_not_resolved(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":400", "segment");
    }

    @Test
    void an_overlong_uri_is_refused_in_json_too() throws IOException {
        String path = "/event?project=" + "x".repeat(20_000);
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("\"code\":414");
    }

    /** The refusal of one request costs those that follow it on the same connection nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"/event/..", "/event%zz", "/event?project=%zz", "/nowhere"})
    void a_connection_serves_on_after_a_refusal_or_says_that_it_ends(String path) throws IOException {
        String body = "x".repeat(100_000);
        String answers = raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body
                + "GET /event?project=x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answers).matches("(?is).*(HTTP/1.1 4.*HTTP/1.1 200 .*|HTTP/1.1 4.*\r\nconnection: close\r\n.*)");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** Raw, since no HTTP client sends such a request line. */
    @ParameterizedTest
    @ValueSource(strings = {"/probe%zz", "/pro\\be", "/pro{be", "/probe?pageSize=%zz"})
    void a_malformed_request_line_is_refused_in_json_too(String target) throws IOException {
        assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/json")
                .contains("\"code\":400");
    }
}
