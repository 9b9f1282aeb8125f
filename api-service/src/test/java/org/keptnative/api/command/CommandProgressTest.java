package org.keptnative.api.command;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.api.neighbours.FakeConfiguration;
import org.keptnative.api.neighbours.FakeDatastore;
import org.keptnative.api.neighbours.Neighbours;
import org.keptnative.api.progress.SocketClient;

import java.nio.charset.Charset;
import java.util.Base64;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

/** What a client hears on the websocket that it opens with the answer to its command. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class CommandProgressTest {

    private static final String PROJECT = "{\"name\":\"sockshop\",\"shipyard\":\""
            + Base64.getEncoder().encodeToString("stages: [{name: dev}, {name: prod}]".getBytes(UTF_8)) + "\"}";

    /** A .tgz with one file. */
    private static final String CHART =
            "H4sIAAAAAAAC/0tOLCop1nfOAFJ6lYm5OQw0AAZAYGZiAqaBAJ02MDA0QbBB4oaGQDEGBQMGOoDS4pLEIqD1DCMT5CXmpl"
                    + "opJINSARfDKBgFo2AUjIIRAwCyQDMXAAgAAA==";

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
    void creating_a_project_from_a_shipyard_of_the_later_format() {
        String shipyard = "apiVersion: spec.keptn.sh/0.2.0\nspec:\n  stages:\n  - name: dev\n    sequences: []\n";
        hears(
                json(project(shipyard.getBytes(UTF_8))).post("/v1/project"),
                "INFO Project sockshop created",
                "INFO Stage dev created",
                "INFO The sequences of the shipyard are kept with it, but not carried out here",
                "INFO Project successfully created",
                "END");
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(configuration
                                        .projects()
                                        .get("sockshop")
                                        .request()
                                        .get("shipyard")
                                        .asText()),
                        UTF_8))
                .isEqualTo(shipyard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "x-UTF-16LE-BOM"})
    void creating_a_project_from_what_powershell_writes(String charset) {
        hears(
                json(project("stages: [{name: dev}]".getBytes(Charset.forName(charset))))
                        .post("/v1/project"),
                "INFO Project sockshop created",
                "INFO Stage dev created",
                "INFO Project successfully created",
                "END");
    }

    /** Those who follow would not say what is wrong with it before they have been asked. */
    @ParameterizedTest
    @ValueSource(strings = {"eA==", "H4sIAA==", "H4sIAAAAAAAC/8tIzcnJBwCGphA2BQAAAA=="})
    void what_is_no_chart_goes_to_nobody(String chart) {
        configuration.create("sockshop", "dev");
        datastore.followedBy("nats");

        json("{\"serviceName\":\"carts\",\"helmChart\":\"" + chart + "\"}")
                .post("/v1/project/sockshop/service")
                .then()
                .statusCode(400)
                .body("message", equalTo("helmChart is no archive: it must be a .tgz in base64"));

        assertThat(datastore.events()).isEmpty();
        assertThat(configuration.projects().get("sockshop").services()).isEmpty();
    }

    @Test
    void a_chart_is_reported_on_by_those_who_follow() {
        configuration.create("sockshop", "dev");
        String[] progress = {"INFO Creating new Keptn service carts in stage dev", "INFO installed", "END"};
        String onboard = "{\"serviceName\":\"carts\",\"helmChart\":\"" + CHART + "\"}";

        datastore.followedBy("nats");
        Response answer = json(onboard).post("/v1/project/sockshop/service");
        String context = answer.path("keptnContext");
        String token = datastore.eventOf(context).at("/data/eventContext/token").asText();
        try (SocketClient helm = SocketClient.connect("Token", token)) {
            helm.send(frame(context, "installed", false));
            helm.send(frame(context, "", true));
            hears(answer, progress);
        }
        // nobody else ends what has failed
        hears(
                json(onboard).post("/v1/project/sockshop/service"),
                progress[0],
                "ERROR Failed to create service carts in project sockshop: Service already exists",
                "END");
    }

    @Test
    void a_chart_that_nobody_follows_ends_with_the_service() {
        configuration.create("sockshop", "dev");
        hears(
                json("{\"serviceName\":\"carts\",\"helmChart\":\"eA==\"}").post("/v1/project/sockshop/service"),
                "INFO Creating new Keptn service carts in stage dev",
                "END");
    }

    @Test
    void an_artefact_is_reported_on_until_the_last_service_says_so() {
        Response answer = json("{\"type\":\"sh.keptn.event.configuration.change\",\"source\":\"cli\",\"data\":{}}")
                .post("/v1/event");
        String context = answer.path("keptnContext");
        String token = datastore.eventOf(context).at("/data/eventContext/token").asText();
        try (SocketClient helm = SocketClient.connect("Token", token);
                SocketClient cli = SocketClient.reader(answer.path("token"), context);
                SocketClient tests = SocketClient.connect("Token", token)) {
            helm.send(frame(context, "deployed", false));
            await().untilAsserted(() -> assertThat(cli.lines()).containsExactly("INFO deployed"));
            tests.send(frame(context, "tested", false));
            tests.send(frame(context, "", true));
            await().untilAsserted(() -> assertThat(cli.lines()).containsExactly("INFO deployed", "INFO tested", "END"));
        }
    }

    private static String project(byte[] shipyard) {
        return "{\"name\":\"sockshop\",\"shipyard\":\"" + Base64.getEncoder().encodeToString(shipyard) + "\"}";
    }

    private static String frame(String context, String message, boolean terminate) {
        return "{\"type\":\"sh.keptn.events.log\",\"shkeptncontext\":\"" + context + "\",\"data\":{\"message\":\""
                + message + "\",\"terminate\":" + terminate + ",\"loglevel\":\"INFO\"}}";
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
                "ERROR Failed to delete service carts from project sockshop: Service does not exists",
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
