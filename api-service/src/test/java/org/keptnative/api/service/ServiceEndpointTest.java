package org.keptnative.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.api.neighbours.FakeConfiguration;
import org.keptnative.api.neighbours.FakeDatastore;
import org.keptnative.api.neighbours.Neighbours;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class ServiceEndpointTest {

    private static final String SERVICES = "/v1/project/sockshop/service";

    FakeDatastore datastore;
    FakeConfiguration configuration;

    @BeforeEach
    void sockshop_exists() {
        configuration.create("sockshop", "dev", "production");
    }

    @AfterEach
    void behave() {
        datastore.reset();
        configuration.reset();
    }

    @Test
    void a_service_is_created_and_recorded() {
        String context = json("{\"serviceName\":\"carts\"}")
                .post(SERVICES)
                .then()
                .statusCode(200)
                .extract()
                .path("keptnContext");

        assertThat(configuration.projects().get("sockshop").services()).containsExactly("carts");
        JsonNode event = datastore.eventOf(context);
        assertThat(event.get("type").asText()).isEqualTo("sh.keptn.internal.event.service.create");
        assertThat(event.get("data").get("project").asText()).isEqualTo("sockshop");
        assertThat(event.get("data").get("service").asText()).isEqualTo("carts");
        assertThat(event.get("data").get("helmChart").asText()).isEmpty();
        assertThat(event.get("data").get("deploymentStrategies")).isEmpty();
    }

    @Test
    void a_chart_and_strategies_go_into_the_event() {
        String context =
                json("""
                        {"serviceName":"carts","helmChart":"H4sIAA==","deploymentStrategies":{"*":"direct","dev":"duplicate"}}""").post(SERVICES).then().statusCode(200).extract().path("keptnContext");

        JsonNode data = datastore.eventOf(context).get("data");
        assertThat(data.get("helmChart").asText()).isEqualTo("H4sIAA==");
        assertThat(data.get("deploymentStrategies").get("*").asText()).isEqualTo("direct");
        assertThat(data.get("deploymentStrategies").get("dev").asText()).isEqualTo("duplicate");
    }

    @Test
    void a_service_is_deleted_and_that_is_recorded() {
        configuration.projects().get("sockshop").services().add("carts");
        String context = json("").delete(SERVICES + "/carts")
                .then()
                .statusCode(200)
                .extract()
                .path("keptnContext");

        assertThat(configuration.projects().get("sockshop").services()).isEmpty();
        assertThat(datastore.eventOf(context).get("type").asText()).isEqualTo("sh.keptn.internal.event.service.delete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                              | 400 | body",
                "null                          | 400 | body",
                "{}                            | 422 | serviceName in body is required",
                "{\"serviceName\":\"\"}        | 400 | must not be empty",
                "{\"serviceName\":\".\"}       | 400 | dot",
                "{\"serviceName\":\"..\"}      | 400 | dot",
                "{\"serviceName\":\"a/b\"}     | 400 | Service name contains special character(s).",
                "{\"serviceName\":\"a\\\\b\"}  | 400 | Service name contains special character(s).",
                "{\"serviceName\":\"a\\u0000\"} | 400 | Service name contains special character(s).",
                "{\"serviceName\":\"a:b\"}     | 400 | Service name contains special character(s).",
                "{\"serviceName\":\"-a\"}      | 400 | dash",
                "{\"serviceName\":\"a\",\"helmChart\":\"*\"} | 400 | helmChart",
                "{\"serviceName\":\"a\",\"deploymentStrategies\":{\"*\":\"blue\"}} | 400 | The deployment strategy blue is invalid",
                "{\"serviceName\":\"a\",\"deploymentStrategies\":{\"*\":null}} | 400 | The deployment strategy null is invalid",
                "{\"serviceName\":[]}          | 400 | must be a string",
            })
    void what_is_no_service_is_refused_and_nothing_happens(String body, int status, String message) {
        json(body == null ? "" : body)
                .post(SERVICES)
                .then()
                .statusCode(status)
                .body("message", containsString(message));
        assertThat(datastore.events()).isEmpty();
        assertThat(configuration.projects().get("sockshop").services()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/v1/project/Upper/service/a", "/v1/project/sockshop/service/a%2Fb", "/v1/project/sockshop/service/%00"
    })
    void names_in_the_path_are_checked_too(String path) {
        json("").delete(path).then().statusCode(400).body("code", equalTo(400));
        assertThat(datastore.events()).isEmpty();
    }

    @Test
    void a_client_that_prefers_to_wait_learns_the_outcome_from_the_status() {
        waiting("{\"serviceName\":\"carts\"}", SERVICES).statusCode(201);
        waiting("{\"serviceName\":\"carts\"}", SERVICES)
                .statusCode(400)
                .body("message", equalTo("Service already exists"));
        waiting("{\"serviceName\":\"carts\"}", "/v1/project/none/service")
                .statusCode(404)
                .body("message", equalTo("Project not found"));
        json("").header("Prefer", "wait=9").delete(SERVICES + "/carts").then().statusCode(204);
        json("").header("Prefer", "wait=9").delete(SERVICES + "/carts").then().statusCode(404);
    }

    @Test
    void a_client_that_has_waited_long_enough_is_told_that_work_goes_on() {
        configuration.server().delay(700);
        waiting("{\"serviceName\":\"carts\"}", SERVICES, "wait=0")
                .statusCode(202)
                .body("token", containsString("."));
        await().untilAsserted(() ->
                assertThat(configuration.projects().get("sockshop").services()).containsExactly("carts"));
    }

    private static ValidatableResponse waiting(String body, String path) {
        return waiting(body, path, "wait=9");
    }

    private static ValidatableResponse waiting(String body, String path, String prefer) {
        return json(body).header("Prefer", prefer).post(path).then();
    }

    private static RequestSpecification json(String body) {
        return given().urlEncodingEnabled(false)
                .header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body(body);
    }
}
