package org.keptnative.api.bridge;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.api.neighbours.FakeKubernetes;

import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@TestProfile(InClusterTest.Cluster.class)
@QuarkusTestResource(value = FakeKubernetes.class, restrictToAnnotatedClass = true)
class InClusterTest {

    public static class Cluster implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("kubernetes.namespace", "keptn");
        }
    }

    FakeKubernetes kubernetes;

    @AfterEach
    void behave() {
        kubernetes.server().behave();
        kubernetes.objects().clear();
    }

    @Test
    void credentials_go_into_the_secret_and_the_bridge_starts_anew() {
        kubernetes.deployBridge("keptn/bridge2:20201113.0900");
        given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body("{\"user\":\"keptn\",\"password\":\"secret\"}")
                .post("/v1/config/bridge")
                .then()
                .statusCode(200)
                .body(equalTo("\"\""));

        var secret = kubernetes.objects().get("/api/v1/namespaces/keptn/secrets/bridge-credentials");
        assertThat(secret.at("/data/BASIC_AUTH_USERNAME").asText()).isEqualTo("a2VwdG4=");
        assertThat(secret.at("/data/BASIC_AUTH_PASSWORD").asText()).isEqualTo("c2VjcmV0");
        var bridge = kubernetes.objects().get("/apis/apps/v1/namespaces/keptn/deployments/bridge");
        assertThat(bridge.at("/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt")
                        .asText())
                .isNotEmpty();
        given().header("x-token", "test-token")
                .get("/v1/config/bridge")
                .then()
                .statusCode(200)
                .body("user", equalTo("keptn"))
                .body("password", equalTo("secret"));
    }

    @Test
    void an_installation_may_have_no_bridge() {
        given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .body("{\"user\":\"keptn\",\"password\":\"secret\"}")
                .post("/v1/config/bridge")
                .then()
                .statusCode(200);
        given().header("x-token", "test-token")
                .get("/v1/metadata")
                .then()
                .statusCode(200)
                .body("namespace", equalTo("keptn"))
                .body("$", not(hasKey("bridgeversion")));
    }

    @Test
    void the_version_of_the_bridge_is_that_of_its_image() {
        kubernetes.deployBridge("keptn/bridge2:20201113.0900");
        given().header("x-token", "test-token")
                .get("/v1/metadata")
                .then()
                .statusCode(200)
                .body("bridgeversion", equalTo("bridge2:20201113.0900"));
    }

    @Test
    void a_cluster_that_fails_is_named() {
        kubernetes.server().failWith(500, "etcd is gone");
        given().header("x-token", "test-token")
                .get("/v1/config/bridge")
                .then()
                .statusCode(503)
                .body("message", equalTo("the Kubernetes API failed: etcd is gone"));
        given().header("x-token", "test-token").get("/v1/metadata").then().statusCode(200);
    }
}
