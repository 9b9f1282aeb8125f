package org.keptnative.configuration.git.files;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class LeftoversTest {

    /** So many that others move while they are looked at. */
    private static final int BRANCHES = 300;

    @TempDir
    Path repository;

    @Test
    void locks_that_another_process_takes_and_gives_back_disturb_nobody() throws Exception {
        Path heads = Files.createDirectories(repository.resolve("refs/heads"));
        for (int i = 0; i < BRANCHES; i++) {
            Files.createFile(heads.resolve("branch" + i));
        }
        Path abandoned = Files.createFile(heads.resolve("abandoned.lock"));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> other = thread.submit(() -> takeAndGiveBack(heads, done));

        for (int i = 0; i < 300; i++) {
            assertThatCode(() -> Leftovers.removeLocks(repository, Duration.ofMinutes(1)))
                    .doesNotThrowAnyException();
        }

        done.set(true);
        other.get();
        thread.shutdown();
        assertThat(abandoned).doesNotExist();
    }

    @Test
    void a_repository_that_is_gone_has_no_locks() {
        assertThatCode(() -> Leftovers.removeLocks(repository.resolve("gone"), Duration.ZERO))
                .doesNotThrowAnyException();
    }

    private static Void takeAndGiveBack(Path heads, AtomicBoolean done) throws IOException {
        while (!done.get()) {
            Path folder = Files.createDirectories(heads.resolve("folder"));
            Path lock = Files.createFile(heads.resolve("dev.lock"));
            Files.delete(lock);
            Files.delete(folder);
        }
        return null;
    }
}
