package org.keptnative.configuration.upstream;

import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.git.GitCommand.git;

/** A Git server, a project to keep there, and the proof that the token shows up nowhere but in the credentials. */
abstract class UpstreamFixture {

    @ConfigProperty(name = "configuration.data-dir")
    Path directory;

    @TempDir
    Path temporary;

    GitServer server;
    String name;
    String path;
    private final StringBuffer logged = new StringBuffer();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.append(record.getMessage())
                    .append(List.of(record.getParameters() == null ? new Object[0] : record.getParameters()))
                    .append(record.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void startServer() throws IOException {
        server = new GitServer(temporary.resolve("server"));
        Files.createDirectories(directory); // where the repositories are in the database, nothing may be there yet
        name = "u" + UUID.randomUUID();
        path = "/v1/project/" + name;
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void stopServer() throws IOException {
        Logger.getLogger("").removeHandler(listener);
        server.close();
        assertThat(logged).doesNotContain(server.token);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().endsWith(".upstream.json")) {
                    assertThat(Files.readString(file, ISO_8859_1)).doesNotContain(server.token);
                }
            }
        }
    }

    ValidatableResponse create(String repository, String token) {
        Map<String, Object> project = project(repository, token);
        project.put("stages", List.of(Map.of("stageName", "dev"), Map.of("stageName", "prod")));
        return json().body(project).post("/v1/project").then();
    }

    void createLocally() {
        json().body(Map.of("projectName", name, "stages", List.of(Map.of("stageName", "dev"))))
                .post("/v1/project")
                .then()
                .statusCode(204);
    }

    ValidatableResponse update(String repository, String token) {
        return json().body(project(repository, token)).put(path).then();
    }

    private Map<String, Object> project(String repository, String token) {
        return new HashMap<>(Map.of(
                "projectName",
                name,
                "gitUser",
                GitServer.USER,
                "gitToken",
                token,
                "gitRemoteURI",
                server.url(repository)));
    }

    List<Path> credentials() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(name + "\\..*upstream\\.json"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A person's clone, straight from the server's disk. */
    Path cloned(String repository) {
        Path clone = temporary.resolve("clone-" + repository);
        git(
                temporary,
                "clone",
                "--quiet",
                temporary.resolve("server/" + repository + ".git").toString(),
                clone.toString());
        git(clone, "config", "user.name", "somebody");
        git(clone, "config", "user.email", "somebody@example.com");
        return clone;
    }

    static void push(Path clone, String branch, String file, String content) throws IOException {
        if (!git(clone, "branch", "--show-current").equals(branch)) {
            git(clone, "fetch", "--quiet");
            git(clone, "checkout", "--quiet", "-B", branch, "origin/" + branch);
        }
        for (int attempt = 0; ; attempt++) {
            Files.writeString(clone.resolve(file), content + "\n");
            git(clone, "add", "--all");
            git(clone, "commit", "--quiet", "--allow-empty", "-m", "by hand");
            try {
                git(clone, "push", "--quiet", "origin", branch);
                return;
            } catch (AssertionError e) {
                if (attempt == 20) {
                    throw e;
                }
                git(clone, "fetch", "--quiet");
                git(clone, "reset", "--quiet", "--hard", "origin/" + branch);
            }
        }
    }
}
