package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.Publications;
import org.keptnative.configuration.git.StoreKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two replicas use one name at once, each with an upstream; who comes too late leaves nothing of his own. */
class RivalsTest extends ReplicaFixture {

    RivalsTest() {
        kind = StoreKind.MONGODB;
    }

    @Test
    void a_project_that_both_create() throws IOException {
        server.create("winner");
        server.create("loser");
        Replica faster = newReplica();
        Optional<Upstream> late = Optional.of(upstream("loser"));

        assertThatThrownBy(() -> replica.projects.create(
                        "shop",
                        replica.writer.publications(late),
                        project -> {
                            faster.create("shop", upstream("winner"), "dev");
                            replica.writer.fill(
                                    project, late, draft -> Layout.newProject(draft, "shop", List.of("dev"), null));
                        },
                        replica.writer::forget))
                .isInstanceOf(GitException.class)
                .hasMessage("Project already exists");

        assertThatAllHaveTheWinner();
    }

    @Test
    void a_project_that_is_imported_while_another_one_creates_it() throws IOException {
        server.create("winner");
        Replica faster = newReplica();

        assertThatThrownBy(() -> replica.projects.create(
                        "shop",
                        Publications.LOCAL,
                        project -> {
                            faster.create("shop", upstream("winner"), "dev");
                            replica.writer.adopt(project, upstream("loser"));
                        },
                        replica.writer::forget))
                .hasMessage("Project already exists");

        assertThatAllHaveTheWinner();
    }

    @Test
    void an_upstream_for_a_project_that_is_made_anew_meanwhile() throws IOException {
        server.create("winner");
        server.create("loser");
        replica.create("shop", null, "dev");
        Replica slower = replicaAmidWhoseSaving(() -> {
            replica.delete("shop");
            replica.create("shop", upstream("winner"), "dev");
        });

        assertThatThrownBy(() -> slower.writer.replace(slower.projects.get("shop"), upstream("loser")))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("was deleted meanwhile");

        assertThatAllHaveTheWinner();
        slower.put("shop", "dev", "b", "1");
    }

    @Test
    void an_upstream_for_a_project_that_is_deleted_meanwhile() throws IOException {
        server.create("loser");
        replica.create("shop", null, "dev");
        Replica slower = replicaAmidWhoseSaving(() -> replica.delete("shop"));

        assertThatThrownBy(() -> slower.writer.replace(slower.projects.get("shop"), upstream("loser")))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("Project not found");

        assertThat(kept()).isEmpty();
    }

    @Test
    void an_upstream_that_is_set_while_the_project_is_deleted() throws IOException {
        server.create("former");
        server.create("late");
        replica.create("shop", upstream("former"), "dev");
        Replica elsewhere = newReplica();
        GitProject project = replica.projects.get("shop");

        replica.writer.delete(project, () -> {
            elsewhere.writer.replace(elsewhere.projects.get("shop"), upstream("late"));
            return replica.projects.delete("shop");
        });

        assertThat(replica.projects.exists("shop")).isFalse();
        assertThat(kept()).isEmpty();
    }

    /** What happens elsewhere happens before it is saved. */
    private Replica replicaAmidWhoseSaving(Runnable elsewhere) {
        CredentialStore slow = new CredentialStore() {
            @Override
            public Optional<Upstream> find(String key) {
                return credentials.find(key);
            }

            @Override
            public void save(String key, Upstream upstream) {
                elsewhere.run();
                credentials.save(key, upstream);
            }

            @Override
            public void delete(String key) {
                credentials.delete(key);
            }
        };
        return new Replica(kind.open(temporary.resolve("data")), slow, Replica.DEADLINE);
    }

    private void assertThatAllHaveTheWinner() throws IOException {
        for (Replica one : List.of(replica, newReplica())) {
            one.put("shop", "dev", "a" + System.nanoTime(), "1");
            assertThat(one.state("shop").remoteURI()).isEqualTo(server.url("winner"));
        }
        assertThat(kept()).hasSize(1);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("credentials"))) {
            return files.toList();
        }
    }
}
