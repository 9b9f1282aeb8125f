package org.keptnative.e2e.cli;

import org.junit.jupiter.api.Test;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.keptnative.e2e.cli.KeptnCli.CONFIGURATION;

/** {@code keptn create|get|update|delete project}, {@code keptn get stage}. */
class ProjectCommandsIT {

    private final KeptnCli cli = new KeptnCli(Installation.shared());
    private final String project = Samples.uniqueName("shop");

    @Test
    void createProject() {
        assertThat(create())
                .containsExactly(
                        "INFO Project " + project + " created",
                        "INFO Stage dev created",
                        "INFO Stage staging created",
                        "INFO Stage production created",
                        "INFO Project successfully created",
                        "END");
        assertThat(create())
                .containsExactly("ERROR Failed to create project " + project + ": Project already exists", "END");
    }

    @Test
    void getProjects() {
        create();
        Map<String, Object> found = cli.list(CONFIGURATION + "/project/", "projects").stream()
                .filter(entry -> project.equals(entry.get("projectName")))
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong((String) found.get("creationDate"))).isPositive();
        assertThat((List<?>) found.get("stages")).hasSize(3);
    }

    @Test
    void getStages() {
        create();
        assertThat(cli.list(CONFIGURATION + "/project/" + project + "/stage", "stages"))
                .extracting(stage -> stage.get("stageName"))
                .containsExactly("dev", "staging", "production");
    }

    @Test
    void updateProjectSaysWhyItDidNotWork() {
        create();
        cli.send(
                        "PUT",
                        CONFIGURATION + "/project/" + project,
                        Map.of(
                                "projectName", project,
                                "gitUser", "user",
                                "gitToken", "a-git-token",
                                "gitRemoteURI", "http://127.0.0.1:1/none.git"))
                .statusCode(not(equalTo(204)))
                .body("message", not(emptyOrNullString()));
    }

    @Test
    void deleteProjectWithItsServices() {
        create();
        cli.run("POST", "/api/v1/project/" + project + "/service", Map.of("serviceName", "carts"));
        cli.run("POST", "/api/v1/project/" + project + "/service", Map.of("serviceName", "orders"));

        List<String> services = cli.get(CONFIGURATION + "/project/" + project)
                .statusCode(200)
                .extract()
                .path("stages[0].services.serviceName");
        assertThat(services).containsExactlyInAnyOrder("carts", "orders");
        for (String service : services) {
            assertThat(cli.run("DELETE", "/api/v1/project/" + project + "/service/" + service, null))
                    .contains("INFO Deleting Keptn service " + service + " from stage dev", "END");
        }
        assertThat(cli.run("DELETE", "/api/v1/project/" + project, null))
                .containsExactly("INFO Project successfully deleted", "END");

        cli.get(CONFIGURATION + "/project/" + project).statusCode(404).body("message", equalTo("Project not found"));
    }

    private List<String> create() {
        return cli.run("POST", "/api/v1/project", Map.of("name", project, "shipyard", Samples.base64("shipyard.yaml")));
    }
}
