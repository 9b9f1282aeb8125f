package org.keptnative.api.bridge;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.api.neighbours.Neighbours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/** Outside a cluster. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class BridgeEndpointTest {

    @ConfigProperty(name = "bridge.credentials-file")
    Path file;

    @BeforeEach
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    @Test
    void credentials_are_kept_in_a_file_for_the_owner_alone() throws IOException {
        post("{\"user\":\"keptn\",\"password\":\"sécret\"}").statusCode(200).body(equalTo("\"\""));
        post("{\"user\":\"keptn\",\"password\":\"changed\"}").statusCode(200);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        given().header("x-token", "test-token")
                .get("/v1/config/bridge")
                .then()
                .statusCode(200)
                .body("user", equalTo("keptn"))
                .body("password", equalTo("changed"));
    }

    @Test
    void there_may_be_none() {
        given().header("x-token", "test-token")
                .get("/v1/config/bridge")
                .then()
                .statusCode(404)
                .body("message", containsString("Could not read bridge credentials"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                          | 400 | body",
                "null                                      | 400 | body",
                "{\"password\":\"x\"}                      | 422 | user in body is required",
                "{\"user\":\"x\"}                          | 422 | password in body is required",
                "{\"user\":\"\",\"password\":\"x\"}        | 400 | no user provided",
                "{\"user\":\"x\",\"password\":\"\"}        | 400 | no password provided",
                "{\"user\":\"x\\n\",\"password\":\"x\"}    | 400 | control characters",
            })
    void half_of_the_credentials_are_none(String body, int status, String message) {
        post(body == null ? "" : body).statusCode(status).body("message", containsString(message));
        assertThat(file).doesNotExist();
    }

    private static ValidatableResponse post(String body) {
        return given().header("x-token", "test-token")
                .header("Content-Type", "application/json; charset=utf-8")
                .body(body)
                .post("/v1/config/bridge")
                .then();
    }
}
