package org.keptnative.e2e;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.e2e.installation.ClusterApi;
import org.keptnative.e2e.installation.Installation;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** The API of the cluster is reached over TLS, trusting the cluster's own authority: from the executables too. */
class InClusterIT {

    @Test
    void theCredentialsOfTheBridgeGoIntoItsSecret(@TempDir Path account) throws Exception {
        try (ClusterApi cluster = new ClusterApi(account);
                Installation installation = Installation.start(cluster.environment("keptn"))) {
            installation
                    .client()
                    .contentType("application/json")
                    .body("{\"user\":\"keptn\",\"password\":\"secret\"}")
                    .post("/api/v1/config/bridge")
                    .then()
                    .statusCode(200);

            assertThat(cluster.object("/api/v1/namespaces/keptn/secrets/bridge-credentials"))
                    .contains("\"BASIC_AUTH_PASSWORD\":\"c2VjcmV0\"");
            installation
                    .client()
                    .get("/api/v1/config/bridge")
                    .then()
                    .statusCode(200)
                    .body("user", equalTo("keptn"))
                    .body("password", equalTo("secret"));
        }
    }
}
