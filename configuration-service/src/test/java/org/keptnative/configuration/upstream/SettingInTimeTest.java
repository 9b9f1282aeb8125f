package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keptnative.configuration.git.GitException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.git;

/** An upstream each of whose answers comes in time, though all of them together take too long. */
@Timeout(120)
class SettingInTimeTest extends ReplicaFixture {

    private static final int TIMEOUT_SECONDS = 5;

    @Test
    void an_upstream_is_set_within_one_limit_or_the_former_one_stays() throws IOException {
        server.create("former");
        replica.create("shop", upstream("former"), "dev", "test", "staging", "prod");
        replica = new Replica(temporary.resolve("data"), credentials, Replica.DEADLINE, TIMEOUT_SECONDS);
        Path slow = server.create("slow");
        git(slow, "config", "receive.advertiseAtomic", "false"); // one branch after the other
        server.delayMillis = 1_500;

        assertThatThrownBy(() -> replica.writer.replace(replica.projects.get("shop"), upstream("slow")))
                .isInstanceOf(GitException.class)
                .hasMessageStartingWith("failed to set upstream")
                .hasMessageContaining("takes too long");

        server.delayMillis = 0;
        replica = newReplica();
        assertThat(replica.put("shop", "dev", "a", "1")).isEqualTo(git(bare("former"), "rev-parse", "dev"));
        assertThat(leftOf(temporary.resolve("credentials"), "shop")).hasSize(1);
        assertThat(leftOf(temporary.resolve("data/shop.git/objects"), ".unfinished"))
                .isEmpty();
        replica.writer.replace(replica.projects.get("shop"), upstream("slow"));
        assertThat(replica.put("shop", "prod", "a", "1")).isEqualTo(git(slow, "rev-parse", "prod"));
    }

    private static Stream<Path> leftOf(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList().stream();
        }
    }
}
