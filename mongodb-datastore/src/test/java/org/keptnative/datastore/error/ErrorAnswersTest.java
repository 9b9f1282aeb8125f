package org.keptnative.datastore.error;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.MongoTestResource;

import java.io.IOException;
import java.net.Socket;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
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
}
