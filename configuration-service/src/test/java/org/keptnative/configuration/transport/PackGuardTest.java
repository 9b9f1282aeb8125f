package org.keptnative.configuration.transport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.admission.MemoryBudget;
import org.keptnative.configuration.admission.MemoryBudgets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.git;

/** Packs as the real Git makes them. */
class PackGuardTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path repository;

    @BeforeEach
    void create() {
        git(repository, "init", "--quiet");
        git(repository, "config", "user.name", "somebody");
        git(repository, "config", "user.email", "somebody@example.com");
    }

    @Test
    void lets_pass_what_takes_little_memory_byte_by_byte() throws IOException {
        commit(2 * MIB, 1);
        commit(0, 2);

        assertThat(pass(pack("-c", "core.bigFileThreshold=1m"), 8 * MIB)).isTrue();
    }

    @Test
    void counts_the_objects() throws IOException {
        for (int i = 0; i < 300; i++) {
            Files.writeString(repository.resolve("file" + i), "" + i);
        }
        commit(10, 1);

        assertThatThrownBy(() -> pass(pack(), 256 * 1024))
                .hasMessageContaining("objects, so push a part of the history");
    }

    @Test
    void refuses_a_delta_of_a_large_file() throws IOException {
        commit(3 * MIB, 1);
        Files.writeString(repository.resolve("large"), "changed", java.nio.file.StandardOpenOption.APPEND);
        git(repository, "commit", "--quiet", "-am", "change");

        assertThat(pass(pack(), 64 * MIB)).isTrue();
        assertThatThrownBy(() -> pass(pack(), 8 * MIB)).hasMessageContaining("-c core.bigFileThreshold=1m");
    }

    private void commit(int size, int seed) throws IOException {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        Files.write(repository.resolve(seed == 1 ? "large" : "other"), content);
        git(repository, "add", "--all");
        git(repository, "commit", "--quiet", "-m", "by hand");
    }

    private byte[] pack(String... options) throws IOException {
        git(repository, concat(options, "repack", "-a", "-d", "-f", "-q"));
        try (var packs = Files.newDirectoryStream(repository.resolve(".git/objects/pack"), "*.pack")) {
            return Files.readAllBytes(packs.iterator().next());
        }
    }

    private static String[] concat(String[] options, String... command) {
        return java.util.stream.Stream.of(options, command)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
    }

    /** Reads in pieces of all sizes, which end anywhere. */
    private static boolean pass(byte[] pack, long heap) throws IOException {
        Random sizes = new Random(3);
        List<String> progress = new ArrayList<>();
        try (MemoryBudget.Share share = MemoryBudgets.of(heap).share();
                InputStream guard = begun(new PackGuard(new ByteArrayInputStream(pack), share, listener(progress)))) {
            byte[] buffer = new byte[100_000];
            int total = 0;
            for (int read; (read = guard.read(buffer, 0, 1 + sizes.nextInt(buffer.length))) >= 0; ) {
                total += read;
            }
            assertThat(progress).isEqualTo(pack.length < 256 * 1024 ? List.of("whole") : List.of("large", "whole"));
            return total == pack.length;
        }
    }

    private static PackGuard.Progress listener(List<String> progress) {
        return new PackGuard.Progress() {
            @Override
            public void isLarge() {
                progress.add("large");
            }

            @Override
            public void isWhole() {
                progress.add("whole");
            }
        };
    }

    private static InputStream begun(PackGuard guard) {
        guard.begin();
        return guard;
    }
}
