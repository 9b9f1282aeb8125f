package org.keptnative.e2e.cli;

import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.GitCommand;
import org.keptnative.configuration.upstream.GitServer;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
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
    void createProjectWithAnUpstream(@TempDir Path repositories) throws IOException {
        try (GitServer server = new GitServer(repositories)) {
            Path upstream = server.create("shop");
            assertThat(cli.run(
                            "POST",
                            "/api/v1/project",
                            Map.of(
                                    "name",
                                    project,
                                    "shipyard",
                                    Samples.base64("shipyard.yaml"),
                                    "gitUser",
                                    GitServer.USER,
                                    "gitToken",
                                    server.token,
                                    "gitRemoteURL",
                                    server.url("shop"))))
                    .contains("INFO Project successfully created");
            assertThat(branches(upstream)).contains("dev", "master", "production", "staging");
        }
    }

    @Test
    void updateProject(@TempDir Path repositories) throws IOException {
        create();
        try (GitServer server = new GitServer(repositories)) {
            Path upstream = server.create("shop");
            update(server.token, server.url("shop")).statusCode(204);
            assertThat(branches(upstream)).contains("dev", "master", "production", "staging");

            update("a-wrong-token", server.url("shop")).statusCode(400);
        }
    }

    @Test
    void updateProjectSaysWhyItDidNotWork() {
        create();
        update("a-git-token", "http://127.0.0.1:1/none.git")
                .statusCode(400)
                .body("message", containsString("failed to set upstream"));
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

    private ValidatableResponse update(String token, String upstream) {
        return cli.send(
                "PUT",
                CONFIGURATION + "/project/" + project,
                Map.of(
                        "projectName", project,
                        "gitUser", GitServer.USER,
                        "gitToken", token,
                        "gitRemoteURI", upstream));
    }

    private static List<String> branches(Path repository) {
        return GitCommand.git(repository, "branch", "--format=%(refname:short)")
                .lines()
                .toList();
    }

    private List<String> create() {
        return cli.run("POST", "/api/v1/project", Map.of("name", project, "shipyard", Samples.base64("shipyard.yaml")));
    }
}
