package org.keptnative.configuration.git;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.configuration.git.GitCommand.git;

/** Many small commits; {@code -Dpacking.commits=10000} makes more of them and prints what reads and writes cost. */
class PackingTest extends GitProjectFixture {

    private static final int COMMITS = Integer.getInteger("packing.commits", 300);
    private static final int SAMPLE = 50;

    @Test
    void many_commits_are_packed_in_the_background() throws IOException {
        create("many", "dev");
        GitProject project = store.get("many");
        put(project, 0);
        String atStart = costs(project, -SAMPLE);

        for (int i = 1; i <= COMMITS; i++) {
            put(project, i);
        }

        assertThat(packs()).isBetween(1L, 99L);
        System.out.printf("commits=%d start: %s end: %s%n", COMMITS, atStart, costs(project, COMMITS));
        Path repository = repository("many");
        if (kind == StoreKind.FILES) {
            assertThat(looseObjects(repository)).isZero();
        }
        assertThat(git(repository, "rev-list", "--count", "master..dev"))
                .isEqualTo(Integer.toString(COMMITS + 1 + 2 * SAMPLE));
        closeAndCheck(repository);
    }

    private long packs() throws IOException {
        if (kind == StoreKind.MONGODB) {
            return StoreKind.packs(directory, "many");
        }
        Path repository = repository("many");
        try (Stream<Path> files = Files.list(repository.resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }

    private static long looseObjects(Path repository) throws IOException {
        try (Stream<Path> folders = Files.list(repository.resolve("objects"))) {
            return folders.filter(folder -> folder.getFileName().toString().length() == 2)
                    .count();
        }
    }

    private static void put(GitProject project, int i) {
        GitProjectFixture.put(
                project, "dev", "folder" + Math.floorMod(i, 10) + "/file" + Math.floorMod(i, 7), "state " + i);
    }

    /** Medians in microseconds. */
    private static String costs(GitProject project, int from) {
        long[] writes = new long[SAMPLE];
        long[] reads = new long[SAMPLE];
        for (int i = 0; i < SAMPLE; i++) {
            long start = System.nanoTime();
            put(project, from + i + 1_000_000);
            writes[i] = System.nanoTime() - start;
            start = System.nanoTime();
            Snapshot dev = project.stage("dev").orElseThrow();
            dev.open(dev.find("folder" + Math.floorMod(from + i, 10) + "/file" + Math.floorMod(from + i, 7))
                            .or(() -> dev.find("metadata.yaml"))
                            .orElseThrow())
                    .getCachedBytes();
            reads[i] = System.nanoTime() - start;
        }
        Arrays.sort(writes);
        Arrays.sort(reads);
        return "write=%dus read=%dus".formatted(writes[SAMPLE / 2] / 1000, reads[SAMPLE / 2] / 1000);
    }
}
