package org.keptnative.e2e.git;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"files", "mongodb"})
    void aPushIsThereWholeOrNotAtAll(String store) throws Exception {
        try (Installation installation =
                Installation.start(Map.of("GIT_MAX_PUSH_SIZE", "40M", "CONFIGURATION_STORE", store))) {
            new KeptnUser(installation).createProject(PROJECT);
            GitUser git = new GitUser(installation, folder);
            Received received = store.equals("files")
                    ? new OnDisk(installation.folder().resolve("config/" + PROJECT + ".git/objects"))
                    : new InDatabase(installation);
            Path clone = git.clone(PROJECT);
            GitUser.commit(clone, "dev", "large.bin", GitUser.random(30));

            for (int i = 0; i < 2; i++) {
                String before = git.head(PROJECT, "dev");
                long bytes = received.bytes();
                CompletableFuture<Boolean> push =
                        CompletableFuture.supplyAsync(() -> GitCommand.tryGit(clone, "push", "--quiet"));
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> push.isDone() || received.bytes() > bytes + 1_000_000);
                installation.configurationService().kill();
                boolean acknowledged = push.join();
                installation.configurationService().start();
                installation.configurationService().awaitReady();

                assertThat(git.head(PROJECT, "dev"))
                        .isIn(acknowledged ? List.of(head(clone)) : List.of(before, head(clone)));
                received.assertNothingIsLeft();
                fsck(git.clone(PROJECT));
                git(clone, "push", "--quiet");
                assertThat(git.head(PROJECT, "dev")).isEqualTo(head(clone));
                GitUser.commit(clone, "dev", "large-" + i + ".bin", GitUser.random(29 - i));
            }
            GitUser.commit(clone, "dev", "too-large.bin", GitUser.random(20));
            assertThat(failingGit(clone, "push")).containsAnyOf("413", "exceeds the limit");
            fsck(git.clone(PROJECT));
            await().untilAsserted(received::assertNothingIsLeft);
        }
    }

    private static String head(Path clone) {
        return git(clone, "rev-parse", "dev");
    }

    /** What has come of a push that is not accepted yet. */
    private interface Received {

        long bytes();

        /** After a start, and after a refusal. */
        void assertNothingIsLeft();
    }

    private record OnDisk(Path objects) implements Received {

        @Override
        public long bytes() {
            return unfinished().stream()
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }

        @Override
        public void assertNothingIsLeft() {
            assertThat(unfinished()).isEmpty();
        }

        private List<Path> unfinished() {
            try (Stream<Path> files = Files.walk(objects)) {
                return files.filter(file -> file.toString().contains(".unfinished-"))
                        .toList();
            } catch (IOException | java.io.UncheckedIOException e) {
                return List.of(); // it was deleted meanwhile
            }
        }
    }

    /** There another replica may be at work on it, so it is swept a day later. */
    private record InDatabase(Installation installation) implements Received {

        @Override
        public long bytes() {
            return 256L * 1024 * installation.count("git", "^pack/");
        }

        @Override
        public void assertNothingIsLeft() {}
    }
}
