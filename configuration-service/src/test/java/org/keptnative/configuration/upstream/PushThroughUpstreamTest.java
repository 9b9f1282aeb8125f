package org.keptnative.configuration.upstream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.configuration.Keptn.head;
import static org.keptnative.configuration.git.GitCommand.failingGit;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;

/** A push of a project that has an upstream is a push to the upstream. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class PushThroughUpstreamTest extends UpstreamFixture {

    @Test
    void what_is_pushed_is_in_the_upstream_and_what_is_there_is_fetched() throws IOException {
        Path remote = server.create("through");
        create("through", server.token).statusCode(204);
        Path clone = clonedFromHere();
        commit(clone, "ours");
        git(clone, "tag", "-a", "-m", "first", "v1");

        git(clone, "push", "--quiet", "--follow-tags");

        assertThat(git(remote, "rev-parse", "dev"))
                .isEqualTo(git(clone, "rev-parse", "dev"))
                .isEqualTo(head(path + "/stage/dev"));
        assertThat(git(remote, "rev-parse", "v1")).isEqualTo(git(clone, "rev-parse", "v1"));
        push(cloned("through"), "dev", "theirs", "1");
        git(clone, "pull", "--quiet", "--ff-only");
        assertThat(clone.resolve("theirs")).exists();
        fsck(clone);
        fsck(remote);
    }

    @Test
    void what_the_upstream_declines_is_declined_with_its_words() throws IOException {
        Path remote = server.create("strict");
        create("strict", server.token).statusCode(204);
        Path hook = remote.resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho 'dev is locked on Fridays' >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path clone = clonedFromHere();
        String before = git(clone, "rev-parse", "dev");
        commit(clone, "ours");

        assertThat(failingGit(clone, "push"))
                .contains("! [remote rejected] dev")
                .contains("dev is locked on Fridays");

        assertThat(head(path + "/stage/dev")).isEqualTo(before);
    }

    @Test
    void a_tag_that_the_upstream_has_already_is_refused_soon() throws IOException {
        Path remote = server.create("tags");
        create("tags", server.token).statusCode(204);
        git(remote, "tag", "v1", "master");
        Path clone = clonedFromHere();
        commit(clone, "ours");
        git(clone, "tag", "v1");

        assertThat(failingGit(clone, "push", "origin", "v1")).contains("has a tag of that name already");
        git(clone, "push", "--quiet");
    }

    private Path clonedFromHere() {
        Path clone = temporary.resolve("from-here");
        git(
                temporary,
                "clone",
                "--quiet",
                "--branch",
                "dev",
                "http://localhost:" + RestAssured.port + "/git/" + name,
                clone.toString());
        git(clone, "config", "user.name", "somebody");
        git(clone, "config", "user.email", "somebody@example.com");
        return clone;
    }

    private static void commit(Path clone, String file) throws IOException {
        Files.writeString(clone.resolve(file), "1\n");
        git(clone, "add", "--all");
        git(clone, "commit", "--quiet", "-m", "by hand");
    }
}
