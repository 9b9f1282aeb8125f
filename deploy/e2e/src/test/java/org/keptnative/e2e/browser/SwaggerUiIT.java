package org.keptnative.e2e.browser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The page that a newcomer opens first, in a real browser. */
class SwaggerUiIT {

    /** Below a prefix, where every URL that is not relative would be wrong. */
    @AutoClose
    private static Installation installation;

    @AutoClose
    private static SwaggerUi ui;

    @BeforeAll
    static void openBrowser() throws IOException {
        installation = Installation.start(Map.of("PREFIX_PATH", "/keptn"));
        ui = new SwaggerUi(Files.createDirectories(Path.of("target", "screenshots")));
    }

    @Test
    void aFirstVisitEndsWithAProjectAndItsEvent() {
        ui.open(installation.gateway().url() + "/api");
        assertThat(ui.url()).isEqualTo(installation.gateway().url() + "/api/swagger-ui/");
        assertThat(ui.documents()).containsExactly("api-service", "configuration-service", "mongodb-datastore");
        assertThat(ui.document()).startsWith("api-service");
        ui.screenshot("opened");
        assertThat(ui.tryOut("GET", "/v1/auth").status()).isEqualTo(401);

        ui.authorize(installation.token());
        assertThat(ui.tryOut("GET", "/v1/metadata").status()).isEqualTo(200);
        ui.screenshot("metadata");

        assertThat(ui.tryOut("POST", "/v1/project").body()).contains("keptnContext");
        ui.screenshot("project-created");

        ui.choose("configuration-service");
        ui.authorize(installation.token());
        assertThat(ui.tryOut("GET", "/v1/project").body()).contains("sockshop");
        ui.screenshot("project-listed");

        ui.choose("mongodb-datastore");
        ui.authorize(installation.token());
        assertThat(ui.tryOut("GET", "/event", Map.of("project", "sockshop")).body())
                .contains("sh.keptn.internal.event.project.create");
        ui.screenshot("event-found");
    }
}
