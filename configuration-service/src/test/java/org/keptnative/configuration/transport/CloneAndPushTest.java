package org.keptnative.configuration.transport;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.head;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.write;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;
import static org.keptnative.configuration.git.GitCommand.tryGit;

/** What people do with a project by {@code git} alone. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class CloneAndPushTest extends CloneFixture {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void what_one_side_writes_the_other_reads(int protocol) {
        write(stage + "/service/carts", file("values.yaml", "replicas: 1"));
        Path clone = cloned("-c", "protocol.version=" + protocol);

        commit(clone, "dev", "carts/values.yaml", "replicas: 2");
        git(clone, "push", "--quiet");

        assertThat(read("dev", "carts/values.yaml")).isEqualTo(base64("replicas: 2"));
        assertThat(head(stage)).isEqualTo(git(clone, "rev-parse", "dev"));
        String commit = write(stage + "/service/carts", file("values.yaml", "replicas: 3"));
        git(clone, "pull", "--quiet", "--ff-only");
        assertThat(git(clone, "rev-parse", "dev")).isEqualTo(commit);
        assertThat(git(clone, "show", "dev:carts/values.yaml")).isEqualTo("replicas: 3");
        fsck(clone);
    }

    @Test
    void branches_and_tags_are_shown_and_nothing_else() {
        Path clone = cloned();
        git(clone, "tag", "-a", "-m", "first", "v1");
        git(clone, "tag", "releases/1.0");
        git(clone, "push", "--quiet", "--tags");

        assertThat(git(temporary, "ls-remote", url()).lines().map(line -> line.split("\t")[1]))
                .containsExactlyInAnyOrder(
                        "HEAD",
                        "refs/heads/dev",
                        "refs/heads/master",
                        "refs/heads/prod",
                        "refs/tags/releases/1.0",
                        "refs/tags/v1",
                        "refs/tags/v1^{}");
    }

    @Test
    void a_shallow_clone_is_deepened_and_pushes() {
        for (int i = 0; i < 5; i++) {
            write(stage, file("a", "" + i));
        }
        Path clone = cloned("--depth", "2", "--branch", "dev");
        assertThat(git(clone, "rev-list", "--count", "HEAD")).isEqualTo("2");

        commit(clone, "dev", "b", "1");
        git(clone, "push", "--quiet");
        git(clone, "fetch", "--quiet", "--unshallow");

        assertThat(git(clone, "rev-list", "--count", "HEAD")).isEqualTo("8");
        assertThat(read("dev", "b")).isEqualTo(base64("1"));
        fsck(clone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blob:none", "blob:limit=10", "tree:0"})
    void a_partial_clone_gets_the_rest_when_it_needs_it(String filter) {
        write(stage, file("large", "0123456789abcdef"), file("folder/small", "1"));
        Path clone = cloned("--no-checkout", "--filter=" + filter);
        assertThat(git(clone, "rev-list", "--objects", "--missing=print", "--all"))
                .contains("?");

        git(clone, "switch", "--quiet", "dev");

        assertThat(git(clone, "show", "HEAD:large")).isEqualTo("0123456789abcdef");
        commit(clone, "dev", "folder/small", "2");
        git(clone, "push", "--quiet");
        assertThat(read("dev", "folder/small")).isEqualTo(base64("2"));
        fsck(clone);
    }

    @Test
    void several_branches_move_at_once() {
        Path clone = cloned();
        commit(clone, "dev", "a", "1");
        commit(clone, "prod", "a", "1");

        git(clone, "push", "--quiet", "--atomic", "origin", "dev", "prod");

        assertThat(read("dev", "a")).isEqualTo(base64("1"));
        assertThat(read("prod", "a")).isEqualTo(base64("1"));
    }

    @Test
    void pushes_and_writes_at_once_lose_nothing() throws Exception {
        List<Path> clones = List.of(cloned(), cloned());
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "put-" + i;
            writers.add(threads.submit(() -> write(stage, file(name, "1"))));
        }
        for (int i = 0; i < clones.size(); i++) {
            Path clone = clones.get(i);
            String name = "pushed-" + i;
            writers.add(threads.submit(() -> {
                commit(clone, "dev", name, "1");
                for (int attempt = 0; !tryGit(clone, "push", "--quiet") && attempt < 50; attempt++) {
                    git(clone, "pull", "--quiet", "--rebase");
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();

        Path clone = cloned("--branch", "dev");
        assertThat(clone.toFile().list())
                .contains("pushed-0", "pushed-1")
                .filteredOn(name -> name.startsWith("put-"))
                .hasSize(10);
        fsck(clone);
    }

    @Test
    void a_compressed_request_is_understood() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream compressed = new GZIPOutputStream(body)) {
            compressed.write("0014command=ls-refs\n00010000".getBytes(US_ASCII));
        }

        json().contentType(GitService.UPLOAD_PACK.mediaType("request"))
                .header("Content-Encoding", "gzip")
                .header("Git-Protocol", "version=2")
                .body(body.toByteArray())
                .post(project.replace("/v1/project/", TransportRoutes.ROOT) + ".git/git-upload-pack")
                .then()
                .statusCode(200)
                .body(containsString("refs/heads/prod"));
    }

    @Test
    void a_project_says_where_it_can_be_cloned() {
        json().get(project).then().body("gitCloneURL", equalTo(url()));
        json().header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Prefix", "/keptn/api/configuration-service")
                .header("Host", "keptn.example.org")
                .get(project)
                .then()
                .body(
                        "gitCloneURL",
                        equalTo(url().replaceFirst(
                                        "http://[^/]+", "https://keptn.example.org/keptn/api/configuration-service")));
    }
}
