package org.keptnative.configuration.transport;

import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;
import static org.keptnative.configuration.git.GitCommand.git;

/** A person with Git, and a project with two stages and a service. */
@Timeout(120)
abstract class CloneFixture {

    @TempDir
    Path temporary;

    String project;
    String stage;

    @BeforeEach
    void create() {
        project = newProject("dev", "prod");
        stage = project + "/stage/dev";
        newService(stage, "carts");
    }

    String url() {
        return url(project);
    }

    static String url(String project) {
        return "http://localhost:" + RestAssured.port + project.replace("/v1/project/", TransportRoutes.ROOT) + ".git";
    }

    /** @param options of {@code git clone} */
    Path cloned(String... options) {
        Path clone = temporary.resolve("clone-" + System.nanoTime());
        List<String> arguments = new ArrayList<>(List.of("clone", "--quiet"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(url(), clone.toString()));
        git(temporary, arguments.toArray(String[]::new));
        git(clone, "config", "user.name", "somebody");
        git(clone, "config", "user.email", "somebody@example.com");
        git(clone, "config", "advice.detachedHead", "false");
        return clone;
    }

    static void commit(Path clone, String branch, String file, String content) {
        git(clone, "switch", "--quiet", branch);
        try {
            Path path = clone.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commit(clone);
    }

    static void commit(Path clone) {
        git(clone, "add", "--all");
        git(clone, "commit", "--quiet", "-m", "by hand");
    }

    /** What the API says of a file, in base64. */
    String read(String stage, String uri) {
        return json().get(project + "/stage/" + stage + "/resource/" + uri)
                .then()
                .statusCode(200)
                .extract()
                .path("resourceContent");
    }
}
