package org.keptnative.api.command;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.api.neighbours.FakeConfiguration;
import org.keptnative.api.neighbours.FakeDatastore;
import org.keptnative.api.neighbours.Neighbours;
import org.keptnative.api.progress.SocketClient;

import java.util.Base64;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client hears on the websocket that it opens with the answer to its command. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class CommandProgressTest {

    private static final String PROJECT = "{\"name\":\"sockshop\",\"shipyard\":\""
            + Base64.getEncoder().encodeToString("stages: [{name: dev}, {name: prod}]".getBytes(UTF_8)) + "\"}";

    FakeDatastore datastore;
    FakeConfiguration configuration;

    @AfterEach
    void behave() {
        datastore.reset();
        configuration.reset();
    }

    @Test
    void creating_a_project() {
        hears(
                json(PROJECT).post("/v1/project"),
                "INFO Project sockshop created",
                "INFO Stage dev created",
                "INFO Stage prod created",
                "INFO Project successfully created",
                "END");
        hears(
                json(PROJECT).post("/v1/project"),
                "ERROR Failed to create project sockshop: Project already exists",
                "END");
    }

    @Test
    void deleting_a_project() {
        configuration.create("sockshop", "dev");
        hears(json("").delete("/v1/project/sockshop"), "INFO Project successfully deleted", "END");
        hears(
                json("").delete("/v1/project/sockshop"),
                "ERROR Faild to delete project sockshop: Project not found",
                "END");
    }

    @Test
    void creating_a_service() {
        configuration.create("sockshop", "dev", "prod");
        String[] progress = {
            "INFO Creating new Keptn service carts in stage dev", "INFO Creating new Keptn service carts in stage prod"
        };
        hears(
                json("{\"serviceName\":\"carts\"}").post("/v1/project/sockshop/service"),
                progress[0],
                progress[1],
                "END");
        hears(
                json("{\"serviceName\":\"carts\",\"helmChart\":\"\"}").post("/v1/project/sockshop/service"),
                progress[0],
                progress[1],
                "ERROR Failed to create service carts in project sockshop: Service already exists",
                "END");
        hears(
                json("{\"serviceName\":\"carts\"}").post("/v1/project/none/service"),
                "ERROR Failed to create service carts in project none: Project not found",
                "END");
    }

    @Test
    void deleting_a_service() {
        configuration.create("sockshop", "dev").services().add("carts");
        hears(
                json("").delete("/v1/project/sockshop/service/carts"),
                "INFO Deleting Keptn service carts from stage dev",
                "END");
        hears(
                json("").delete("/v1/project/sockshop/service/carts"),
                "INFO Deleting Keptn service carts from stage dev",
                "ERROR Failed to delete service carts from project sockshop: Service not found",
                "END");
    }

    private static void hears(Response answer, String... lines) {
        answer.then().statusCode(200);
        try (SocketClient client = SocketClient.reader(answer.path("token"), answer.path("keptnContext"))) {
            await().untilAsserted(() -> assertThat(client.lines()).containsExactly(lines));
        }
    }

    private static RequestSpecification json(String body) {
        return given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body(body);
    }
}
