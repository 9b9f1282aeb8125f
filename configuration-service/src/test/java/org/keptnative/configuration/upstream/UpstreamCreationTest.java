package org.keptnative.configuration.upstream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.write;
import static org.keptnative.configuration.git.GitCommand.git;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class UpstreamCreationTest extends UpstreamFixture {

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
        assertThat(credentials()).hasSize(1);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(credentials().get(0))))
                .isEqualTo("rw-------");
        json().get(path + "/resource/metadata.yaml").then().body("metadata.upstreamURL", equalTo(server.url("empty")));
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
        assertThat(credentials()).isEmpty();
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
        assertThat(credentials()).isEmpty();
    }

    @Test
    void an_upstream_that_speaks_something_else_is_said_to_do_so() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> {
                while (!other.isClosed()) {
                    try (Socket client = other.accept()) {
                        client.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(US_ASCII));
                    } catch (IOException e) {
                        // the end of the test, or a client that has hung up
                    }
                }
            });
            greeter.start();
            String url = "http://localhost:" + other.getLocalPort() + "/x.git";

            json().body(Map.of("projectName", name, "gitUser", "u", "gitToken", "t-secret", "gitRemoteURI", url))
                    .post("/v1/project")
                    .then()
                    .statusCode(400)
                    .body("message", endsWith(url + ": what answers there does not speak HTTP"));
        }
    }

    @Test
    void the_scheme_may_be_written_in_capitals() {
        server.create("capitals");
        String url = server.url("capitals");
        json().body(Map.of(
                        "projectName",
                        name,
                        "gitUser",
                        GitServer.USER,
                        "gitToken",
                        server.token,
                        "gitRemoteURI",
                        url.replace("http://", "HTTP://")))
                .post("/v1/project")
                .then()
                .statusCode(204);

        json().get(path).then().body("gitRemoteURI", equalTo(url));
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
                "http://h/?a",
                "http://h:99999/x",
                "http://h:0/x"
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

        assertThat(credentials()).isEmpty();
        assertThat(git(remote, "rev-parse", "dev")).hasSize(40);
    }

    @Test
    void a_deletion_beside_a_creation_leaves_a_whole_project_or_none() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 5; round++) {
            String repository = "beside" + round;
            Path remote = server.create(repository);
            Future<?> deletion = threads.submit(() -> json().delete(path).then().statusCode(204));
            create(repository, server.token).statusCode(anyOf(equalTo(204), equalTo(400)));
            deletion.get();

            if (json().get(path).statusCode() == 200) {
                String commit = write(path + "/stage/dev", file("a", "x"));
                assertThat(git(remote, "rev-parse", "dev")).isEqualTo(commit);
                json().delete(path).then().statusCode(204);
            }
            assertThat(credentials()).isEmpty();
        }
        threads.shutdown();
    }
}
