package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.StoreConfig;

import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several replicas outside of a cluster that share no folder. */
class NoCredentialStoreTest extends ReplicaFixture {

    @BeforeEach
    void share_nothing() {
        credentials = Credentials.outsideOfACluster(config(StoreConfig.Kind.MONGODB), Optional.empty());
        replica = newReplica();
        server.create("shop");
    }

    @Test
    void a_project_with_an_upstream_is_refused_and_leaves_nothing() {
        assertThatThrownBy(() -> replica.create("shop", upstream("shop"), "dev"))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("UPSTREAM_CREDENTIALS_DIR");

        assertThat(replica.projects.exists("shop")).isFalse();
    }

    @Test
    void so_is_an_upstream_for_a_project_that_is_there() {
        replica.create("shop", null, "dev");

        assertThatThrownBy(() -> replica.writer.replace(replica.projects.get("shop"), upstream("shop")))
                .hasMessageContaining("UPSTREAM_CREDENTIALS_DIR");

        assertThat(replica.upstreams.toShow(replica.projects.get("shop"))).isEmpty();
        replica.put("shop", "dev", "a", "1");
    }

    @Test
    void a_shared_folder_or_files_are_a_place() {
        for (StoreConfig.Kind kind : StoreConfig.Kind.values()) {
            assertThat(Credentials.outsideOfACluster(config(kind), Optional.of(temporary)))
                    .isInstanceOf(FileCredentialStore.class);
        }
        assertThat(Credentials.outsideOfACluster(config(StoreConfig.Kind.FILES), Optional.empty()))
                .isInstanceOf(FileCredentialStore.class);
    }

    private StoreConfig config(StoreConfig.Kind kind) {
        return new StoreConfig() {
            @Override
            public Kind store() {
                return kind;
            }

            @Override
            public Path directory() {
                return temporary;
            }

            @Override
            public String database() {
                return "keptn";
            }
        };
    }
}
