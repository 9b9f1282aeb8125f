package org.keptnative.e2e.git;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.git.GitCommand.failingGit;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;

/** Projects by the real Git, through the gateway. */
class GitIT {

    private static final String CARTS = "/stage/dev/service/carts";

    @TempDir
    Path folder;

    private final Installation installation = Installation.shared();
    private final KeptnUser user = new KeptnUser(installation);
    private final String project = Samples.uniqueName("git");
    private GitUser git;

    @BeforeEach
    void create() {
        git = new GitUser(installation, folder);
        user.createProject(project);
        user.createService(project, "carts");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aClonePushesAndFetches(int protocol) {
        Path clone = git.clone(project, "-c", "protocol.version=" + protocol);

        GitUser.commit(clone, "dev", "carts/values.yaml", "replicas: 2\n".getBytes(UTF_8));
        git(clone, "push", "--quiet");

        assertThat(user.read(project, CARTS, "values.yaml")).asString().isEqualTo("replicas: 2\n");
        String version = user.store(project, CARTS, "values.yaml", "replicas: 3\n".getBytes(UTF_8));
        git(clone, "pull", "--quiet", "--ff-only");
        assertThat(git(clone, "rev-parse", "HEAD")).isEqualTo(version);
        fsck(clone);
    }

    @Test
    void clonesMayBeShallowOrPartial() {
        for (int i = 0; i < 3; i++) {
            user.store(project, CARTS, "large", ("0123456789abcdef" + i).getBytes(UTF_8));
        }
        Path shallow = git.clone(project, "--depth", "1", "--branch", "dev");
        Path partial = git.clone(project, "--filter=blob:none", "--branch", "dev");

        assertThat(git(shallow, "rev-list", "--count", "HEAD")).isEqualTo("1");
        assertThat(git(partial, "rev-list", "--objects", "--missing=print", "--all"))
                .contains("?");
        for (Path clone : List.of(shallow, partial)) {
            assertThat(git(clone, "show", "HEAD:carts/large")).isEqualTo("0123456789abcdef2");
            GitUser.commit(clone, "dev", clone.getFileName().toString(), new byte[] {1});
            GitUser.push(clone);
            fsck(clone);
        }
        git(shallow, "fetch", "--quiet", "--unshallow");
        assertThat(git(shallow, "rev-list", "--count", "HEAD")).isNotEqualTo("1");
        fsck(shallow);
    }

    @Test
    void theTokenMayComeInTheHeaderToo() {
        assertThat(git(
                        folder,
                        "-c",
                        "http.extraHeader=x-token: " + installation.token(),
                        "ls-remote",
                        git.bareUrl(project)))
                .contains("refs/heads/production");
    }

    @Test
    void withoutTheTokenThereIsNothing() {
        String refs = "/api/configuration-service/git/" + project + ".git/info/refs?service=git-upload-pack";
        installation
                .stranger()
                .get(refs)
                .then()
                .statusCode(401)
                .contentType("application/json")
                .header("WWW-Authenticate", startsWith("Basic "))
                .body("code", equalTo(401));
        assertThat(failingGit(folder, "ls-remote", git.url(project).replace(installation.token(), "wrong")))
                .contains("Authentication failed");
    }

    @Test
    void aPasswordCountsForGitAlone() {
        for (String path : List.of(
                "/api/configuration-service/v1/project/" + project,
                "/api/v1/auth",
                "/api/mongodb-datastore/event",
                "/api/configuration-service/%67it/" + project + ".git/info/refs?service=git-upload-pack")) {
            installation
                    .stranger()
                    .auth()
                    .preemptive()
                    .basic("keptn", installation.token())
                    .get(path)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", nullValue());
        }
    }

    @Test
    void guessingIsSlowedDown() {
        int status = 401;
        for (int attempt = 0; attempt < 100 && status == 401; attempt++) {
            status = installation
                    .stranger()
                    .header("X-Forwarded-For", "203.0.113.40")
                    .auth()
                    .preemptive()
                    .basic("keptn", "guess-" + attempt)
                    .get("/api/configuration-service/git/" + project + ".git/info/refs?service=git-upload-pack")
                    .statusCode();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void whatIsRefusedIsSaidInGit() {
        Path clone = git.clone(project);
        git(clone, "switch", "--quiet", "-c", "feature", "origin/dev");

        assertThat(failingGit(clone, "push", "origin", "feature"))
                .contains("feature is no stage; to make it one, POST");
        assertThat(failingGit(folder, "ls-remote", git.url("nothing"))).contains("remote: Project not found");
    }

    @Test
    void twoWhoPushAndTenWhoPutLoseNothing() throws Exception {
        List<Path> clones = List.of(git.clone(project), git.clone(project));
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "put-" + i;
            writers.add(threads.submit(() -> user.store(project, CARTS, name, new byte[] {1})));
        }
        for (Path clone : clones) {
            writers.add(threads.submit(() -> {
                GitUser.commit(clone, "dev", "carts/" + clone.getFileName(), new byte[] {1});
                GitUser.push(clone);
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();

        Path all = git.clone(project, "--branch", "dev");
        assertThat(all.resolve("carts").toFile().list())
                .hasSize(13) // and the metadata
                .contains(
                        clones.get(0).getFileName().toString(),
                        clones.get(1).getFileName().toString());
        fsck(all);
    }

    @Test
    void aLargePushArrivesWhole() throws IOException {
        int mib = Integer.getInteger("git.mib");
        Path clone = git.clone(project);
        byte[] content = GitUser.random(mib);
        GitUser.commit(clone, "dev", "carts/large.bin", content);

        git(clone, "push", "--quiet");

        Path again = git.clone(project, "--branch", "dev");
        assertThat(Files.readAllBytes(again.resolve("carts/large.bin"))).isEqualTo(content);
        fsck(again);
    }

    @Test
    void theAnswerSaysWhereToClone() {
        installation
                .client()
                .get("/api/configuration-service/v1/project/" + project)
                .then()
                .body("gitCloneURL", equalTo(git.bareUrl(project)));
    }
}
