package org.keptnative.configuration.upstream;

import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;

/** The upstream is the truth, but it does not erase what was here. */
class UpstreamTrustTest extends ReplicaFixture {

    private static final String SHOP = "shop";

    @BeforeEach
    void createProject() {
        server.create(SHOP);
        replica.create(SHOP, upstream(SHOP), "dev", "prod");
        replica.put(SHOP, "dev", "ours", "1");
    }

    @Test
    void a_rewritten_branch_is_followed_and_the_former_head_kept() throws IOException {
        String former = git(bare(SHOP), "rev-parse", "dev");
        Path clone = cloned(SHOP);
        git(clone, "checkout", "--quiet", "dev");
        git(clone, "reset", "--quiet", "--hard", "HEAD~1");
        commit(clone, "theirs");
        git(clone, "push", "--quiet", "--force", "origin", "dev");

        assertThat(replica.files(SHOP, "dev")).contains("theirs").doesNotContain("ours");
        assertThat(replica.state(SHOP).backups()).hasSize(1).allSatisfy((ref, commit) -> {
            assertThat(commit).isEqualTo(former);
            assertThat(git(repository(), "rev-parse", ref)).isEqualTo(former);
        });
        assertThat(replica.put(SHOP, "dev", "next", "1")).isEqualTo(git(bare(SHOP), "rev-parse", "dev"));
        fsck(repository());
    }

    @Test
    void an_upstream_made_anew_erases_nothing_until_somebody_says_so() throws IOException {
        recreateWithReadme();

        assertThat(replica.files(SHOP, "dev")).contains("ours");
        assertThat(replica.projects.get(SHOP).stages()).containsExactly("dev", "prod");
        assertThat(replica.state(SHOP).diverged()).containsOnlyKeys("master", "dev", "prod");
        assertThatThrownBy(() -> replica.put(SHOP, "dev", "more", "1"))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UPSTREAM_DIVERGED))
                .hasMessageContaining("the upstream has no branch dev any more");

        replica.writer.reconcile(replica.projects.get(SHOP), false);

        assertThat(replica.state(SHOP).diverged()).isEmpty();
        assertThat(replica.state(SHOP).backups()).as("the readme").hasSize(1);
        assertThat(replica.put(SHOP, "dev", "more", "1")).isEqualTo(git(bare(SHOP), "rev-parse", "dev"));
        fsck(repository());
    }

    @Test
    void the_state_of_an_upstream_made_anew_can_be_taken_over() throws IOException {
        recreateWithReadme();
        replica.files(SHOP, "dev");

        replica.writer.reconcile(replica.projects.get(SHOP), true);

        assertThat(replica.projects.get(SHOP).stages()).isEmpty();
        assertThat(replica.projects.get(SHOP).master().orElseThrow().files("")).hasSize(1);
        assertThat(replica.state(SHOP).backups()).hasSize(3);
        assertThat(replica.state(SHOP).diverged()).isEmpty();
    }

    @Test
    void a_branch_that_vanished_can_still_be_read_and_the_others_written() {
        git(bare(SHOP), "branch", "-D", "prod");

        assertThat(replica.files(SHOP, "prod")).contains("metadata.yaml");
        assertThatThrownBy(() -> replica.put(SHOP, "prod", "a", "1")).hasMessageContaining("no branch prod any more");
        assertThat(replica.put(SHOP, "dev", "a", "1")).isEqualTo(git(bare(SHOP), "rev-parse", "dev"));

        replica.writer.reconcile(replica.projects.get(SHOP), false);
        assertThat(replica.put(SHOP, "prod", "a", "1")).isEqualTo(git(bare(SHOP), "rev-parse", "prod"));
    }

    @Test
    void a_branch_that_the_project_does_not_name_is_no_stage() throws IOException {
        Path clone = cloned(SHOP);
        git(clone, "push", "--quiet", "origin", "origin/dev:refs/heads/feature", "origin/dev:refs/heads/qa");
        String feature = git(clone, "rev-parse", "origin/dev");

        assertThat(replica.files(SHOP, "dev")).isNotEmpty();
        assertThat(replica.projects.get(SHOP).stages()).containsExactly("dev", "prod");
        assertThat(git(repository(), "branch", "--format=%(refname:short)").lines())
                .containsExactlyInAnyOrder("dev", "master", "prod");

        git(clone, "checkout", "--quiet", "master");
        commit(clone, "shipyard.yaml");
        Files.writeString(clone.resolve("shipyard.yaml"), "stages:\n- name: qa\n");
        git(clone, "commit", "--quiet", "-am", "a stage");
        git(clone, "push", "--quiet", "origin", "master");

        assertThat(replica.files(SHOP, "dev")).isNotEmpty();
        assertThat(replica.projects.get(SHOP).stages()).containsExactly("qa", "dev", "prod");
        assertThat(git(repository(), "rev-parse", "qa")).isEqualTo(feature);
    }

    private void recreateWithReadme() throws IOException {
        FileUtils.delete(bare(SHOP).toFile(), FileUtils.RECURSIVE);
        server.create(SHOP);
        Path clone = cloned(SHOP);
        git(clone, "checkout", "--quiet", "-B", "master");
        commit(clone, "README");
        git(clone, "push", "--quiet", "origin", "master");
    }

    private Path repository() {
        return temporary.resolve("data/shop.git");
    }
}
