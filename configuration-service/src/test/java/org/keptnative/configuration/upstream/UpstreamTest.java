package org.keptnative.configuration.upstream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.Keptn;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.write;
import static org.keptnative.configuration.git.GitCommand.git;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class UpstreamTest {

    @ConfigProperty(name = "configuration.data-dir")
    Path directory;

    @TempDir
    Path temporary;

    private GitServer server;
    private String name;
    private String path;
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

    @Test
    void a_project_lives_in_an_empty_upstream_from_the_beginning() throws IOException {
        Path remote = server.create("empty");

        create("empty", server.token).statusCode(204);

        assertThat(git(remote, "branch", "--format=%(refname:short)").lines()).contains("dev", "master", "prod");
        assertThat(git(remote, "show", "master:metadata.yaml")).contains(name);
        json().get(path)
                .then()
                .body("gitUser", equalTo(GitServer.USER))
                .body("gitRemoteURI", equalTo(server.url("empty")))
                .body(not(containsString(server.token)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials())))
                .isEqualTo("rw-------");
        json().get(path + "/resource/metadata.yaml").then().body("metadata.upstreamURL", equalTo(server.url("empty")));
    }

    @Test
    void a_write_counts_once_it_is_in_the_upstream() {
        Path remote = server.create("writes");
        create("writes", server.token).statusCode(204);

        String commit = write(path + "/stage/dev", file("a", "x"));

        assertThat(git(remote, "rev-parse", "dev")).isEqualTo(commit);
        json().body(Map.of("serviceName", "carts"))
                .post(path + "/service")
                .then()
                .statusCode(204);
        assertThat(git(remote, "show", "prod:carts/metadata.yaml")).contains("carts");
        json().delete(path + "/stage/prod").then().statusCode(204);
        assertThat(git(remote, "branch", "--format=%(refname:short)").lines()).doesNotContain("prod");
    }

    @Test
    void what_others_push_is_read_and_never_overwritten() throws IOException {
        server.create("shared");
        create("shared", server.token).statusCode(204);
        Path clone = cloned("shared");

        push(clone, "dev", "theirs", "1");
        write(path + "/stage/dev", file("ours", "1"));

        json().get(path + "/stage/dev/resource?disableUpstreamSync=true")
                .then()
                .body("resources.resourceURI", contains("/metadata.yaml", "/ours", "/theirs"));
        git(clone, "pull", "--quiet", "origin", "dev");
        assertThat(git(clone, "log", "--merges", "--format=%H")).isEmpty();

        push(clone, "dev", "theirs", "2");
        await().untilAsserted(() ->
                json().get(path + "/stage/dev/resource/theirs").then().body("resourceContent", equalTo(base64("2\n"))));
    }

    @Test
    void an_upstream_that_is_down_fails_no_read_and_changes_nothing() throws IOException {
        Path remote = server.create("down");
        create("down", server.token).statusCode(204);
        String before = write(path, file("a", "1"));
        server.stop();

        json().get(path + "/resource/a").then().statusCode(200).body("resourceContent", equalTo(base64("1")));
        json().body(files(file("a", "2")))
                .post(path + "/resource")
                .then()
                .statusCode(400)
                .body("message", startsWith("Could not commit changes"));
        json().get(path + "/resource/a").then().body("metadata.version", equalTo(before));

        server.start();
        assertThat(write(path, file("a", "2"))).isEqualTo(git(remote, "rev-parse", "master"));
    }

    @Test
    void a_slow_upstream_does_not_slow_readers_down_for_long() {
        server.create("slow");
        create("slow", server.token).statusCode(204);
        server.delayMillis = 20_000;

        json().get(path + "/resource/metadata.yaml").then().statusCode(200);

        server.delayMillis = 0;
    }

    @Test
    void a_project_grows_from_a_filled_upstream_with_another_default_branch() throws IOException {
        Path remote = server.create("filled");
        git(remote, "symbolic-ref", "HEAD", "refs/heads/main");
        Path clone = cloned("filled");
        git(clone, "checkout", "--quiet", "-b", "main");
        push(clone, "main", "readme", "hello");

        create("filled", server.token).statusCode(204);

        assertThat(git(remote, "show", "master:readme")).isEqualTo("hello");
        assertThat(git(remote, "show", "dev:readme")).isEqualTo("hello");
        json().get(path + "/stage").then().body("stages.stageName", contains("dev", "prod"));
        json().get(path + "/resource/readme").then().statusCode(200);
    }

    @Test
    void a_failed_creation_leaves_nothing_and_can_be_repeated() {
        server.create("wrong");

        create("wrong", "wrong-token").statusCode(400).body("message", startsWith("Could not clone git repository"));
        create("missing", server.token).statusCode(400);

        json().get(path).then().statusCode(404);
        assertThat(credentials()).doesNotExist();
        create("wrong", server.token).statusCode(204);
    }

    @Test
    void a_refused_push_undoes_the_creation() throws IOException {
        Path remote = server.create("refusing");
        Path hook = remote.resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho no thanks >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

        create("refusing", server.token).statusCode(400).body("message", startsWith("Could not commit changes"));

        json().get(path).then().statusCode(404);
        assertThat(credentials()).doesNotExist();
    }

    @Test
    void an_upstream_can_be_set_and_changed() {
        Path first = server.create("first");
        Path second = server.create("second");
        createLocally();
        String commit = write(path + "/stage/dev", file("a", "1"));

        update("first", server.token).statusCode(204);
        assertThat(git(first, "rev-parse", "dev")).isEqualTo(commit);
        server.token = "second-token";
        update("first", "second-token").statusCode(204);
        update("second", "second-token").statusCode(204);

        assertThat(git(second, "rev-parse", "dev")).isEqualTo(commit);
        String next = write(path + "/stage/dev", file("a", "2"));
        assertThat(git(second, "rev-parse", "dev")).isEqualTo(next);
        assertThat(git(first, "rev-parse", "dev")).isEqualTo(commit);
        json().get(path).then().body("gitRemoteURI", equalTo(server.url("second")));
    }

    @Test
    void a_failed_update_keeps_the_former_upstream() throws IOException {
        server.create("good");
        server.create("foreign");
        push(cloned("foreign"), "master", "other", "history");
        createLocally();
        update("good", server.token).statusCode(204);

        update("good", "wrong-token").statusCode(400).body("message", not(containsString("wrong-token")));
        update("missing", server.token).statusCode(400).body("message", startsWith("failed to set upstream"));
        update("foreign", server.token).statusCode(400).body("message", containsString("uninitialized"));

        json().get(path).then().body("gitRemoteURI", equalTo(server.url("good")));
        write(path, file("a", "1"));
    }

    @Test
    void an_update_needs_all_git_members_and_a_project() {
        createLocally();
        json().body(Map.of("projectName", name, "gitUser", "x"))
                .put(path)
                .then()
                .statusCode(400)
                .body("message", equalTo("Project not updated as Git credentials were missing"));
        json().body(Map.of())
                .put("/v1/project/none")
                .then()
                .statusCode(400)
                .body("message", equalTo("Project does not exist"));
        json().body(Map.of("projectName", "other")).put(path).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://git@host/x",
                "git@host:x",
                "file:///etc",
                "/etc",
                "http://",
                "x",
                "ext::sh -c id",
                "http://h/?a"
            })
    void only_http_is_spoken(String url) {
        json().body(Map.of("projectName", name, "gitUser", "u", "gitToken", "t-secret", "gitRemoteURI", url))
                .post("/v1/project")
                .then()
                .statusCode(400)
                .body("message", equalTo("gitRemoteURI must be a http or https URL"));
    }

    @Test
    void credentials_in_the_url_are_dropped() {
        server.create("withuser");
        String url = server.url("withuser").replace("http://", "http://somebody:secret@");
        json().body(Map.of(
                        "projectName", name, "gitUser", GitServer.USER, "gitToken", server.token, "gitRemoteURI", url))
                .post("/v1/project")
                .then()
                .statusCode(204);
        json().get(path).then().body("gitRemoteURI", equalTo(server.url("withuser")));
    }

    @Test
    void a_deleted_project_leaves_its_upstream_alone() {
        Path remote = server.create("kept");
        create("kept", server.token).statusCode(204);

        json().delete(path).then().statusCode(204);

        assertThat(credentials()).doesNotExist();
        assertThat(git(remote, "rev-parse", "dev")).hasSize(40);
    }

    @RepeatedTest(3)
    void parallel_writers_and_a_foreign_one_lose_nothing() throws Exception {
        Path remote = server.create("parallel");
        create("parallel", server.token).statusCode(204);
        Path clone = cloned("parallel");
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<Future<String>> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String file = "file" + i;
            writes.add(threads.submit(() -> Keptn.write(path + "/stage/dev", file(file, file))));
        }
        push(clone, "dev", "theirs", "x");
        List<String> commits = new ArrayList<>();
        for (Future<String> write : writes) {
            commits.add(write.get());
        }
        threads.shutdown();

        assertThat(git(remote, "log", "--format=%H", "dev").lines()).containsAll(commits);
        assertThat(git(remote, "ls-tree", "--name-only", "dev").lines())
                .hasSize(22)
                .contains("theirs");
        assertThat(git(remote, "log", "--merges", "--format=%H", "dev")).isEmpty();
    }

    private ValidatableResponse create(String repository, String token) {
        return json().body(Map.of(
                        "projectName",
                        name,
                        "gitUser",
                        GitServer.USER,
                        "gitToken",
                        token,
                        "gitRemoteURI",
                        server.url(repository),
                        "stages",
                        List.of(Map.of("stageName", "dev"), Map.of("stageName", "prod"))))
                .post("/v1/project")
                .then();
    }

    private void createLocally() {
        json().body(Map.of("projectName", name, "stages", List.of(Map.of("stageName", "dev"))))
                .post("/v1/project")
                .then()
                .statusCode(204);
    }

    private ValidatableResponse update(String repository, String token) {
        return json().body(Map.of(
                        "projectName",
                        name,
                        "gitUser",
                        GitServer.USER,
                        "gitToken",
                        token,
                        "gitRemoteURI",
                        server.url(repository)))
                .put(path)
                .then();
    }

    private Path credentials() {
        return directory.resolve(name + ".upstream.json");
    }

    /** A person's clone, straight from the server's disk. */
    private Path cloned(String repository) {
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

    private static void push(Path clone, String branch, String file, String content) throws IOException {
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
