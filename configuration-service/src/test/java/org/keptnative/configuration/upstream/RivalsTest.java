package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.StoreKind;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two replicas create a project of one name at once, each with an upstream. */
class RivalsTest extends ReplicaFixture {

    RivalsTest() {
        kind = StoreKind.MONGODB;
    }

    @Test
    void who_comes_too_late_leaves_nothing_of_his_own() {
        server.create("winner");
        server.create("loser");
        Replica faster = newReplica();
        Optional<Upstream> late = Optional.of(upstream("loser"));

        assertThatThrownBy(() -> replica.projects.create("shop", replica.writer.publications(late), project -> {
                    faster.create("shop", upstream("winner"), "dev");
                    replica.writer.fill(project, late, draft -> Layout.newProject(draft, "shop", List.of("dev"), null));
                }))
                .isInstanceOf(GitException.class)
                .hasMessage("Project already exists");

        assertThat(credentials.find("shop")).contains(upstream("winner"));
        faster.put("shop", "dev", "a", "1");
        assertThat(faster.state("shop").remoteURI()).isEqualTo(server.url("winner"));
    }
}
