package org.keptnative.configuration.git;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** What only a store of files can suffer. */
class FileLeftoversTest extends GitProjectFixture {

    @Test
    void a_start_finishes_what_a_crash_interrupted() throws IOException {
        create("crashed", "dev");
        put(store.get("crashed"), "dev", "a", "x");
        Path repository = repository("crashed");
        store.close();
        Files.createDirectories(directory.resolve(".unfinished-1/objects"));
        Files.createFile(repository.resolve("refs/heads/dev.lock"));
        Files.createFile(repository.resolve("packed-refs.lock"));
        List<Path> unfinished = List.of(
                repository.resolve("gc.pid"),
                repository.resolve("objects/noz123.tmp"),
                repository.resolve("objects/pack/incoming_1.pack"),
                repository.resolve("objects/pack/1.idx.tmp"),
                repository.resolve("objects/.unfinished-1"));
        for (Path file : unfinished) {
            Files.createFile(file);
        }

        store = new ProjectStore(kind.open(directory), Publications.LOCAL);

        assertThat(directory.resolve(".unfinished-1")).doesNotExist();
        assertThat(put(store.get("crashed"), "dev", "b", "x")).hasSize(40);
        assertThat(unfinished).noneMatch(Files::exists);
    }

    @Test
    void packs_that_were_merged_and_kept_for_their_readers_are_gone_after_a_restart() throws IOException {
        create("merged", "dev");
        Path packs = repository("merged").resolve("objects/pack");
        byte[] large = new byte[70_000];
        Random random = new Random(1);
        int files = 0;
        while (count(packs, ".merged") == 0) {
            random.nextBytes(large);
            put(store.get("merged"), "dev", "file" + files++, new String(large, ISO_8859_1));
        }
        long before = count(packs, ".pack");
        store.close();

        store = new ProjectStore(kind.open(directory), Publications.LOCAL);

        assertThat(count(packs, ".merged")).isZero();
        assertThat(count(packs, ".pack")).isLessThan(before);
        assertThat(store.get("merged").stage("dev").orElseThrow().files("")).hasSize(files + 1);
        closeAndCheck(repository("merged"));
    }

    private static long count(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).count();
        }
    }

    @Test
    void an_abandoned_lock_stops_nobody_for_long() throws IOException {
        create("locked", "dev");
        Path lock = Files.createFile(repository("locked").resolve("refs/heads/dev.lock"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));

        assertThat(put(store.get("locked"), "dev", "a", "x")).hasSize(40);
    }

    @Test
    void the_configuration_of_the_user_is_not_read() throws IOException {
        create("alone");
        try (Stream<Path> files = Files.walk(repository("alone").resolve("hooks"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(org.eclipse.jgit.util.SystemReader.getInstance().getenv("GIT_DIR"))
                .isNull();
    }
}
