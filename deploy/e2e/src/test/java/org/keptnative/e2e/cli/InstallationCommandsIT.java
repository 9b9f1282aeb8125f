package org.keptnative.e2e.cli;

import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

/** {@code keptn auth}, {@code status}, {@code version}, {@code configure bridge}. */
class InstallationCommandsIT {

    private final Installation installation = Installation.shared();
    private final KeptnCli cli = new KeptnCli(installation);

    @Test
    void auth() {
        cli.send("POST", "/api/v1/auth", null).statusCode(200).body(emptyString());
        installation
                .stranger()
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", "203.0.113.30")
                .header("x-token", "wrong")
                .post("/api/v1/auth")
                .then()
                .statusCode(401)
                .body("message", equalTo("incorrect api key auth"));
    }

    @Test
    void version() {
        cli.get("/api/v1/metadata")
                .statusCode(200)
                .body("keptnlabel", equalTo("keptn"))
                .body("keptnversion", matchesPattern("[0-9]+\\.[0-9]+\\.[0-9]+.*"));
    }

    @Test
    void configureBridge() throws Exception {
        cli.send("POST", "/api/v1/config/bridge", Map.of("user", "keptn", "password", "secret"))
                .statusCode(200)
                .body(equalTo("\"\""));

        cli.get("/api/v1/config/bridge")
                .statusCode(200)
                .body("user", equalTo("keptn"))
                .body("password", equalTo("secret"));
        Path file = installation.folder().resolve("bridge-credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
