package org.keptnative.api.project;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.api.neighbours.FakeConfiguration;
import org.keptnative.api.neighbours.FakeDatastore;
import org.keptnative.api.neighbours.Neighbours;

import java.util.Base64;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class ProjectEndpointTest {

    private static final String SHIPYARD = base64("stages:\n- name: dev\n- name: production\n");

    FakeDatastore datastore;
    FakeConfiguration configuration;

    @AfterEach
    void behave() {
        datastore.reset();
        configuration.reset();
    }

    @Test
    void a_project_is_created_whole_and_recorded() {
        String context = create("sockshop", SHIPYARD)
                .statusCode(200)
                .body("token", not(blankOrNullString()))
                .extract()
                .path("keptnContext");

        var request = configuration.projects().get("sockshop").request();
        assertThat(request.get("stages").findValuesAsText("stageName")).containsExactly("dev", "production");
        assertThat(request.get("shipyard").asText()).isEqualTo(SHIPYARD);
        var event = datastore.eventOf(context);
        assertThat(event.get("type").asText()).isEqualTo("sh.keptn.internal.event.project.create");
        assertThat(event.get("data").get("project").asText()).isEqualTo("sockshop");
        assertThat(event.get("data").get("shipyard").asText()).isEqualTo(SHIPYARD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Upper   | c3RhZ2VzOiBbXQ==                     | 400 | Project name",
                "a-      | c3RhZ2VzOiBbXQ==                     | 400 | Project name",
                "../etc  | c3RhZ2VzOiBbXQ==                     | 400 | Project name",
                "''      | c3RhZ2VzOiBbXQ==                     | 400 | Project name",
                "        | c3RhZ2VzOiBbXQ==                     | 422 | name in body is required",
                "good    |                                      | 422 | shipyard in body is required",
                "good    | ***                                  | 400 | Failed to decode shipyard.",
                "good    | W3s=                                 | 400 | Failed to unmarshal shipyard.",
                "good    | c3RhZ2VzOiB4                         | 400 | Failed to unmarshal shipyard.",
                "good    | c3RhZ2VzOgotIG5hbWU6IG1hc3Rlcgo=     | 400 | master",
                "good    | c3RhZ2VzOgotIG5hbWU6IGEKLSBuYW1lOiBhCg== | 400 | same name",
                "good    | c3RhZ2VzOgotIGZvbzogYgo=             | 400 | no name",
                "good    | c3RhZ2VzOgotIG5hbWU6IEEK             | 400 | Stage name",
                "good    | c3RhZ2VzOiBbXQ==                     | 400 | no stage",
                "good    | IA==                                 | 400 | no stage",
                "good    | c3BlYzoge30=                         | 400 | no stage",
                "good    | /////w==                             | 400 | UTF-8",
                "good    | cwB0AGEA                             | 400 | UTF-8",
            })
    void what_is_no_project_is_refused_and_nothing_happens(String name, String shipyard, int status, String message) {
        create(name, shipyard).statusCode(status).body("message", containsString(message));
        assertThat(datastore.events()).isEmpty();
        assertThat(configuration.projects()).isEmpty();
    }

    @Test
    void a_project_is_deleted_and_then_forgotten() {
        create("sockshop", SHIPYARD).statusCode(200);
        String context = delete("sockshop", null).statusCode(200).extract().path("keptnContext");

        assertThat(configuration.projects()).isEmpty();
        assertThat(datastore.eventOf(context).get("type").asText()).isEqualTo("sh.keptn.internal.event.project.delete");
    }

    @Test
    void a_command_whose_work_fails_is_still_answered_200() {
        create("sockshop", SHIPYARD).statusCode(200);
        create("sockshop", SHIPYARD).statusCode(200);
        delete("unknown", null).statusCode(200);
    }

    @Test
    void a_project_that_is_deleted_while_it_is_created_is_reported_as_deleted() {
        configuration.createAfterNextRead("late");

        delete("late", "wait=10").statusCode(204);
    }

    @Test
    void a_client_that_prefers_to_wait_learns_the_outcome_from_the_status() {
        prefer("wait=10", "sockshop").statusCode(201).header("Preference-Applied", "wait=10");
        prefer("respond-async, wait=10", "sockshop").statusCode(400).body("message", equalTo("Project already exists"));
        delete("sockshop", "wait=10").statusCode(204).body(equalTo(""));
        delete("sockshop", "wait=10").statusCode(404).body("message", equalTo("Project not found"));
    }

    private static ValidatableResponse create(String name, String shipyard) {
        return prefer(null, name, shipyard);
    }

    private static ValidatableResponse prefer(String prefer, String name) {
        return prefer(prefer, name, SHIPYARD);
    }

    private static ValidatableResponse prefer(String prefer, String name, String shipyard) {
        var request = given().header("x-token", "test-token").header("Content-Type", "application/json");
        if (prefer != null) {
            request.header("Prefer", prefer);
        }
        return request.body("{\"name\":" + json(name) + ",\"shipyard\":" + json(shipyard) + "}")
                .post("/v1/project")
                .then();
    }

    private static ValidatableResponse delete(String name, String prefer) {
        var request = given().header("x-token", "test-token").header("Content-Type", "application/json");
        if (prefer != null) {
            request.header("Prefer", prefer);
        }
        return request.delete("/v1/project/" + name).then();
    }

    private static String json(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
