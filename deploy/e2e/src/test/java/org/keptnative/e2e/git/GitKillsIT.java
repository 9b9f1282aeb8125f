package org.keptnative.e2e.git;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.GitCommand;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.keptnative.configuration.git.GitCommand.failingGit;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;

/** Pushes that end in the middle: by the death of the service, and by the limit of their size. */
class GitKillsIT {

    private static final String PROJECT = "sockshop";

    @TempDir
    Path folder;

    @Test
    void aPushIsThereWholeOrNotAtAll() throws Exception {
        try (Installation installation = Installation.start(Map.of("GIT_MAX_PUSH_SIZE", "40M"))) {
            new KeptnUser(installation).createProject(PROJECT);
            GitUser git = new GitUser(installation, folder);
            Path repository = installation.folder().resolve("config/" + PROJECT + ".git");
            Path clone = git.clone(PROJECT);
            GitUser.commit(clone, "dev", "large.bin", GitUser.random(30));

            for (int i = 0; i < 2; i++) {
                String before = git(repository, "rev-parse", "dev");
                CompletableFuture<Boolean> push =
                        CompletableFuture.supplyAsync(() -> GitCommand.tryGit(clone, "push", "--quiet"));
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> push.isDone() || received(repository) > 1_000_000);
                installation.configurationService().kill();
                boolean acknowledged = push.join();
                installation.configurationService().start();
                installation.configurationService().awaitReady();

                assertThat(unfinished(repository)).isEmpty();
                assertThat(git(repository, "rev-parse", "dev"))
                        .isIn(acknowledged ? List.of(head(clone)) : List.of(before, head(clone)));
                fsck(git.clone(PROJECT));
                git(clone, "push", "--quiet");
                assertThat(git(repository, "rev-parse", "dev")).isEqualTo(head(clone));
                GitUser.commit(clone, "dev", "large-" + i + ".bin", GitUser.random(29 - i));
            }
            GitUser.commit(clone, "dev", "too-large.bin", GitUser.random(20));
            assertThat(failingGit(clone, "push")).containsAnyOf("413", "exceeds the limit");
            fsck(git.clone(PROJECT));
            await().untilAsserted(() -> assertThat(unfinished(repository)).isEmpty());
        }
    }

    private static String head(Path clone) {
        return git(clone, "rev-parse", "dev");
    }

    /** How many bytes of a push lie on the disk. */
    private static long received(Path repository) {
        return unfinished(repository).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    private static List<Path> unfinished(Path repository) {
        try (Stream<Path> files = Files.walk(repository.resolve("objects"))) {
            return files.filter(file -> file.toString().contains(".unfinished-"))
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of(); // it was deleted meanwhile
        }
    }
}
