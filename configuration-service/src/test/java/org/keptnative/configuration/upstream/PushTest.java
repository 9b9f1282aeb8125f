package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.Layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.git;

/** What Git servers say to a push. */
class PushTest extends ReplicaFixture {

    @Test
    void the_words_of_a_hook_reach_the_user_without_the_token() throws IOException {
        server.create("strict");
        replica.create("strict", upstream("strict"), "dev", "prod");
        hook(
                "strict",
                "pre-receive",
                "echo \"prod is locked by policy " + server.token
                        + "\" >&2; grep -q refs/heads/prod && exit 1; exit 0");

        assertThatThrownBy(() -> replica.put("strict", "prod", "a", "1"))
                .hasMessageContaining("refs/heads/prod is refused: pre-receive hook declined")
                .hasMessageContaining("prod is locked by policy ****")
                .hasMessageNotContaining(server.token);
        assertThat(replica.put("strict", "dev", "a", "1")).hasSize(40);
    }

    @Test
    void of_several_branches_the_one_that_is_declined_is_named() throws IOException {
        server.create("partly");
        replica.create("partly", upstream("partly"), "dev", "prod");
        hook("partly", "update", "test \"$1\" != refs/heads/prod");

        assertThatThrownBy(() -> replica.projects.get("partly").write(draft -> {
                    Layout.addService(draft, "dev", "carts", Instant.now());
                    Layout.addService(draft, "prod", "carts", Instant.now());
                    return null;
                }))
                .hasMessageContaining("refs/heads/prod is refused");
        assertThat(git(bare("partly"), "log", "--format=%s", "dev")).doesNotContain("carts");
    }

    @Test
    void branches_that_exclude_each_other_are_both_named() throws IOException {
        server.create("folders");
        Path clone = cloned("folders");
        git(clone, "checkout", "--quiet", "-B", "master");
        commit(clone, "README");
        git(clone, "push", "--quiet", "origin", "master", "master:refs/heads/dev/feature-1");

        assertThatThrownBy(() -> replica.create("folders", upstream("folders"), "dev"))
                .hasMessageContaining("dev/feature-1")
                .hasMessageContaining("no branch dev");
        assertThat(replica.projects.exists("folders")).isFalse();
    }

    @Test
    void servers_that_cannot_push_atomically_are_pushed_to_branch_by_branch_master_first() throws IOException {
        server.create("old");
        git(bare("old"), "config", "receive.advertiseAtomic", "false");
        Path order = temporary.resolve("order");
        hook("old", "update", "echo $1 >> " + order + "; exit 0");

        replica.create("old", upstream("old"), "dev", "prod");

        assertThat(Files.readAllLines(order)).hasSize(3).first().isEqualTo("refs/heads/master");
        assertThat(replica.put("old", "prod", "a", "1")).isEqualTo(git(bare("old"), "rev-parse", "prod"));
    }

    @Test
    void a_push_that_was_taken_counts_though_the_answer_is_lost() {
        server.create("lost");
        replica.create("lost", upstream("lost"), "dev");
        server.losesAnswers = true;

        assertThat(replica.put("lost", "dev", "a", "1")).isEqualTo(git(bare("lost"), "rev-parse", "dev"));
        assertThat(replica.files("lost", "dev")).contains("a");
    }

    @Test
    void of_a_push_that_may_have_been_taken_nothing_else_is_said() {
        server.create("unsure");
        replica.create("unsure", upstream("unsure"), "dev");
        server.losesAnswers = true;
        server.breaksAfterPush = true;

        assertThatThrownBy(() -> replica.put("unsure", "dev", "a", "1"))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY))
                .hasMessageContaining("they may have been made");

        server.losesAnswers = false;
        server.down = false;
        assertThat(replica.files("unsure", "dev")).contains("a");
        assertThat(replica.put("unsure", "dev", "a", "1")).isEqualTo(git(bare("unsure"), "rev-parse", "dev"));
    }

    @Test
    void a_push_that_was_not_taken_is_said_to_have_failed() throws IOException {
        server.create("failing");
        replica.create("failing", upstream("failing"), "dev");
        hook("failing", "pre-receive", "exit 1");
        server.losesAnswers = true;

        assertThatThrownBy(() -> replica.put("failing", "dev", "a", "1"))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UPSTREAM_UNREACHABLE))
                .hasMessageStartingWith("Could not commit changes: ");
    }

    @Test
    void a_short_token_does_not_spoil_what_is_said() throws IOException {
        server.token = "t";
        server.create("short");
        replica.create("short", upstream("short"), "dev");
        hook("short", "pre-receive", "echo not tonight >&2; exit 1");

        assertThatThrownBy(() -> replica.put("short", "dev", "a", "1"))
                .hasMessageStartingWith("Could not commit changes: refs/heads/dev is refused: ")
                .hasMessageNotContaining("***")
                .hasMessageNotContaining("tonight");
    }

    private void hook(String repository, String name, String script) throws IOException {
        Path hook = bare(repository).resolve("hooks").resolve(name);
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
