package org.keptnative.api.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
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
import static org.hamcrest.Matchers.containsString;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class EvaluationEndpointTest {

    private static final String CARTS = "/v1/project/sockshop/stage/dev/service/carts/evaluation";

    FakeDatastore datastore;
    FakeConfiguration configuration;

    @BeforeEach
    void sockshop_has_carts() {
        configuration.create("sockshop", "dev").services().add("carts");
    }

    @AfterEach
    void behave() {
        datastore.reset();
        configuration.reset();
    }

    @Test
    void an_evaluation_is_started_by_an_event() throws Exception {
        String context = post(
                        CARTS, "{\"start\":\"2020-05-01T10:00:00\",\"timeframe\":\"5m\",\"labels\":{\"build\":\"42\"}}")
                .statusCode(200)
                .extract()
                .path("keptnContext");

        var event = datastore.eventOf(context);
        assertThat(event.get("type").asText()).isEqualTo("sh.keptn.event.start-evaluation");
        ObjectNode data = (ObjectNode) event.get("data");
        data.remove("eventContext");
        assertThat(data).isEqualTo(new ObjectMapper().readTree("""
                                        {"project":"sockshop","service":"carts","stage":"dev","teststrategy":"manual",
                                         "deploymentstrategy":"","start":"2020-05-01T10:00:00.000Z",
                                         "end":"2020-05-01T10:05:00.000Z","labels":{"build":"42"}}"""));
    }

    @Test
    void labels_may_be_missing() {
        String context = post(CARTS, "{}").statusCode(200).extract().path("keptnContext");
        assertThat(datastore.eventOf(context).get("data").get("labels").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/project/none/stage/dev/service/carts/evaluation,{},Project not found",
        "/v1/project/sockshop/stage/none/service/carts/evaluation,{},Stage not found",
        "/v1/project/sockshop/stage/dev/service/none/evaluation,{},Service not found",
        "/v1/project/sockshop/stage/dev/service/carts/evaluation,'{\"timeframe\":\"5\"}',The time frame format is invalid",
        "/v1/project/sockshop/stage/dev/service/carts/evaluation,'',body",
        "/v1/project/sockshop/stage/dev/service/carts/evaluation,null,body",
        "/v1/project/sockshop/stage/dev/service/carts/evaluation,'{\"labels\":{\"a\":{}}}',body",
        "/v1/project/sockshop/stage/%252e%252e/service/carts/evaluation,{},Stage name",
    })
    void what_cannot_be_evaluated_is_refused(String path, String body, String message) {
        post(path, body).statusCode(400).body("message", containsString(message));
        assertThat(datastore.events()).isEmpty();
    }

    @Test
    void a_failing_neighbour_is_named() {
        configuration.server().failWith(500, "disk full");
        post(CARTS, "{}").statusCode(503).body("message", containsString("configuration-service failed: disk full"));
        assertThat(datastore.events()).isEmpty();
    }

    private static ValidatableResponse post(String path, String body) {
        return given().urlEncodingEnabled(false)
                .header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body(body)
                .post(path)
                .then();
    }
}
