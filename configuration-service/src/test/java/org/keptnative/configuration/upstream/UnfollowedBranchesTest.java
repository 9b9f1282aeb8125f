package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.Snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.git;

/** Branches of an upstream that are no stages, and stages that its files no longer name. */
class UnfollowedBranchesTest extends ReplicaFixture {

    private static final String GOOD = "projectname: shop\nstages: [dev, prod]\n";

    @Test
    void a_stage_does_not_take_the_place_of_a_branch_of_the_upstream() {
        server.create("shop");
        replica.create("shop", upstream("shop"), "dev");
        git(bare("shop"), "branch", "extra", "master");
        server.requests.clear();

        assertDiverged(() -> addStage("extra"), "the upstream has a branch extra");
        assertThat(server.requests).hasSizeLessThan(10);

        assertThat(replica.put("shop", "dev", "file", "x")).isEqualTo(git(bare("shop"), "rev-parse", "dev"));
        git(bare("shop"), "branch", "-D", "extra");
        addStage("extra");
        assertThat(stages()).containsExactly("dev", "extra");
    }

    @Test
    void a_branch_that_the_files_of_the_upstream_come_to_name_becomes_a_stage() throws IOException {
        server.create("shop");
        replica.create("shop", upstream("shop"), "dev");
        git(bare("shop"), "branch", "prod", "master");

        pushToMaster(cloned("shop"), "metadata.yaml", GOOD);

        assertThat(replica.files("shop", "prod")).contains("metadata.yaml");
    }

    @Test
    void a_project_is_not_made_over_a_branch_of_the_upstream() throws IOException {
        server.create("shop");
        Path clone = cloned("shop");
        git(clone, "checkout", "--quiet", "-B", "master");
        commit(clone, "README");
        git(clone, "push", "--quiet", "origin", "master", "master:refs/heads/dev");

        assertDiverged(() -> replica.create("shop", upstream("shop"), "dev", "prod"), "the upstream has a branch dev");
        assertThat(replica.projects.exists("shop")).isFalse();
        assertThat(git(bare("shop"), "branch", "--format=%(refname:short)").lines())
                .containsExactly("dev", "master");
    }

    @Test
    void stages_outlive_files_that_cannot_be_read() throws IOException {
        server.create("shop");
        replica.create("shop", upstream("shop"), "dev", "prod");
        Path clone = cloned("shop");

        pushToMaster(clone, "metadata.yaml", "{{{{");
        push(clone, "dev", "theirs");

        assertThat(replica.files("shop", "dev")).contains("theirs");
        assertThat(replica.put("shop", "dev", "ours", "x")).isEqualTo(git(bare("shop"), "rev-parse", "dev"));
        assertThat(stages()).containsExactly("dev", "prod");
        assertThat(replica.projects.get("shop").now().problem()).startsWith("metadata.yaml is no YAML: see line");
        assertThatThrownBy(() -> addStage("extra")).hasMessageStartingWith("metadata.yaml is no YAML");

        pushToMaster(clone, "shipyard.yaml", "stages: [");
        pushToMaster(clone, "metadata.yaml", GOOD);
        assertThat(replica.files("shop", "prod")).isNotEmpty();
        assertThat(replica.projects.get("shop").now().problem()).startsWith("shipyard.yaml is no YAML: see line");

        pushToMaster(clone, "shipyard.yaml", "stages: [{name: prod}]");
        assertThat(replica.files("shop", "prod")).isNotEmpty();
        assertThat(replica.projects.get("shop").now().problem()).isNull();
        assertThat(stages()).containsExactly("prod", "dev");
    }

    @Test
    void stages_that_no_file_names_any_more_are_said_to_have_diverged() throws IOException {
        server.create("shop");
        replica.create("shop", upstream("shop"), "dev", "prod");
        Path clone = cloned("shop");
        pushToMaster(clone, "metadata.yaml", "{{{{");
        replica.files("shop", "dev");
        git(bare("shop"), "branch", "-D", "dev");

        assertDiverged(() -> replica.put("shop", "dev", "ours", "x"), "no branch dev any more");
        assertThat(replica.state("shop").diverged()).containsOnlyKeys("dev");
    }

    private void addStage(String stage) {
        replica.projects.get("shop").write(draft -> {
            Layout.addStage(draft, stage);
            return null;
        });
    }

    private List<String> stages() {
        return replica.projects.get("shop").now().stages().stream()
                .map(Snapshot::branch)
                .toList();
    }

    private static void pushToMaster(Path clone, String file, String content) throws IOException {
        git(clone, "fetch", "--quiet");
        git(clone, "checkout", "--quiet", "-B", "master", "origin/master");
        Files.writeString(clone.resolve(file), content);
        git(clone, "add", "--all");
        git(clone, "commit", "--quiet", "-m", "by hand");
        git(clone, "push", "--quiet", "origin", "master");
    }

    private static void assertDiverged(org.assertj.core.api.ThrowableAssert.ThrowingCallable write, String message) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UPSTREAM_DIVERGED))
                .hasMessageContaining(message);
    }
}
