package org.keptnative.e2e.transfer;

import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Installation.Replica;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** "From one node to several": the projects move from files into the database that the installation has already. */
class ChangeOfStoreIT {

    private static final String PROJECT = "/v1/project/sockshop";
    private static final String SERVICE = PROJECT + "/stage/dev/service/carts";

    private final Installation installation = Installation.start(Map.of());
    private final Moves moves = new Moves(installation);
    private Replica several;

    @TempDir
    Path folder;

    @BeforeEach
    void fill() {
        URI one = installation.configurationServiceUrl();
        post(one + "/v1/project", "{\"projectName\":\"sockshop\",\"stages\":[{\"stageName\":\"dev\"}]}");
        post(one + PROJECT + "/stage/dev/service", "{\"serviceName\":\"carts\"}");
        post(one + SERVICE + "/resource", "{\"resources\":[{\"resourceURI\":\"a\",\"resourceContent\":\"YQ==\"}]}");
    }

    @AfterEach
    void close() {
        if (several != null) {
            several.process().stop();
        }
        installation.close();
    }

    @Test
    void whatIsToBeMovedIsNeitherMissedNorMadeAnewAndEventsWait() throws Exception {
        sendEvent("before");
        await().untilAsserted(() ->
                assertThat(lastEvents(installation.configurationServiceUrl())).contains("before"));
        String head = head(installation.configurationServiceUrl());
        moves.exportAll(folder.resolve("backup"));
        several = installation.startConfigurationService(Map.of("CONFIGURATION_STORE", "mongodb"));
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> refused(get(several, PROJECT)));

        refused(get(several, "/v1/project"));
        refused(given().contentType("application/json")
                .body("{\"projectName\":\"sockshop\"}")
                .post(several.url() + "/v1/project"));
        refused(given().contentType("application/cloudevents+json")
                .body("{\"type\":\"sh.keptn.events.deployment-finished\"}")
                .post(several.url() + "/v1/event"));
        assertThat(moves.importAll(Map.of(
                        "FROM",
                        folder.resolve("backup").toString(),
                        "MOVE",
                        "yes",
                        "CONFIGURATION_URL",
                        several.url().toString())))
                .contains("1 projects imported");

        several.process().awaitReady();
        assertThat(head(several.url())).isEqualTo(head);
        assertThat(lastEvents(several.url())).contains("before");
        await().untilAsserted(() -> assertThat(given().get(installation.configurationServiceUrl() + PROJECT)
                        .statusCode())
                .isEqualTo(503));
        sendEvent("meanwhile");
        await().during(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(lastEvents(several.url())).doesNotContain("meanwhile"));
    }

    private void sendEvent(String id) {
        installation
                .client()
                .contentType("application/cloudevents+json")
                .body("{\"specversion\":\"0.2\",\"id\":\"" + id
                        + "\",\"source\":\"test\",\"type\":\"sh.keptn.events.deployment-finished\",\"shkeptncontext\":\""
                        + id + "\",\"data\":{\"project\":\"sockshop\",\"stage\":\"dev\",\"service\":\"carts\"}}")
                .post("/api/v1/event")
                .then()
                .statusCode(200);
    }

    private static String lastEvents(URI service) {
        return given().get(service + SERVICE).asString();
    }

    private static String head(URI service) {
        return given().get(service + PROJECT + "/stage/dev/resource")
                .then()
                .statusCode(200)
                .extract()
                .path("metadata.version");
    }

    private static Response get(Replica replica, String path) {
        return given().get(replica.url() + path);
    }

    private static void refused(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.asString()).contains("kept in files");
    }

    private static void post(String path, String body) {
        assertThat(given().contentType("application/json").body(body).post(path).statusCode())
                .isBetween(200, 204);
    }
}
