package org.keptnative.configuration.project;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class ProjectsTest {

    private static final String SHIPYARD = "stages:\n- name: dev\n- name: staging\n- name: production\n";

    @Test
    void a_project_is_created_whole_in_one_call() {
        create(Map.of(
                "projectName", "whole",
                "stages", List.of(Map.of("stageName", "staging"), Map.of("stageName", "dev")),
                "shipyard", base64(SHIPYARD)));

        given().get("/v1/project/whole")
                .then()
                .statusCode(200)
                .body("projectName", equalTo("whole"))
                .body("creationDate", matchesPattern("[0-9]{19}"))
                .body("shipyard", equalTo(SHIPYARD))
                .body("gitRemoteURI", nullValue())
                .body("stages.stageName", contains("dev", "staging"))
                .body("stages[0].services", empty());
    }

    @Test
    void a_project_is_created_by_separate_calls_as_well() {
        create(Map.of("projectName", "separate"));
        for (String stage : List.of("zeta", "alpha")) {
            post("/v1/project/separate/stage", Map.of("stageName", stage)).statusCode(204);
        }
        post("/v1/project/separate/stage/alpha/service", Map.of("serviceName", "carts"))
                .statusCode(204);

        given().get("/v1/project/separate/stage")
                .then()
                .statusCode(200)
                .body("stages.stageName", contains("zeta", "alpha"))
                .body("totalCount", equalTo(2))
                .body("nextPageKey", equalTo("0"));
        given().get("/v1/project/separate/stage/alpha/service/carts")
                .then()
                .statusCode(200)
                .body("serviceName", equalTo("carts"))
                .body("creationDate", matchesPattern("[0-9]{19}"))
                .body("openApprovals", empty());
    }

    @Test
    void files_are_written_and_read() {
        create(Map.of("projectName", "files"));

        post(
                        "/v1/project/files/resource",
                        Map.of("resources", List.of(Map.of("resourceURI", "a/b.txt", "resourceContent", base64("hi")))))
                .statusCode(201)
                .body("version", matchesPattern("[0-9a-f]{40}"));

        for (String uri : List.of("a/b.txt", "a%2Fb.txt", "a%252Fb.txt", "%2Fa%2Fb.txt")) {
            given().urlEncodingEnabled(false)
                    .get("/v1/project/files/resource/" + uri)
                    .then()
                    .statusCode(200)
                    .body("resourceContent", equalTo(base64("hi")));
        }
        given().get("/v1/project/files/resource")
                .then()
                .statusCode(200)
                .body("resources.resourceURI", contains("/a/b.txt", "/metadata.yaml"));
    }

    /** As PowerShell writes a file, and as later versions of Keptn have it. */
    @ParameterizedTest
    @ValueSource(strings = {"shipyard-utf16.yaml", "shipyard-0.2.yaml"})
    void the_order_of_the_stages_is_that_of_whatever_shipyard_there_is(String sample) throws IOException {
        byte[] shipyard = Files.readAllBytes(Path.of("src/test/resources/cases", sample));
        String name = "p" + UUID.randomUUID();

        create(Map.of(
                "projectName", name,
                "stages", List.of(Map.of("stageName", "production"), Map.of("stageName", "dev")),
                "shipyard", Base64.getEncoder().encodeToString(shipyard)));

        given().get("/v1/project/" + name)
                .then()
                .body("stages.stageName", contains("dev", "production"))
                .body("shipyard", containsString("name: "));
        given().get("/v1/project/" + name + "/resource/shipyard.yaml")
                .then()
                .body("resourceContent", equalTo(Base64.getEncoder().encodeToString(shipyard)));
    }

    @Test
    void what_is_no_yaml_is_no_shipyard() {
        post("/v1/project", Map.of("projectName", "noyaml", "shipyard", base64("stages:\n  - a\n - b: ]")))
                .statusCode(400)
                .body("message", equalTo("shipyard is no YAML: see line 3"));
    }

    @Test
    void metadata_stay_small_enough_to_be_read_for_every_list() {
        create(Map.of("projectName", "metadata"));

        post(
                        "/v1/project/metadata/resource",
                        Map.of(
                                "resources",
                                List.of(Map.of(
                                        "resourceURI",
                                        "metadata.yaml",
                                        "resourceContent",
                                        base64("#".repeat(1 << 21))))))
                .statusCode(400)
                .body("message", containsString("at most 1048576 bytes"));
    }

    private static void create(Map<String, ?> project) {
        post("/v1/project", project).statusCode(204);
    }

    private static io.restassured.response.ValidatableResponse post(String path, Object body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
