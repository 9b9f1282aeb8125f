package org.keptnative.configuration.git;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;

/** Many small commits; {@code -Dpacking.commits=10000} makes more of them and prints what reads and writes cost. */
class PackingTest {

    private static final int COMMITS = Integer.getInteger("packing.commits", 300);
    private static final int SAMPLE = 50;

    @TempDir
    Path directory;

    @Test
    void many_commits_are_packed_in_the_background() throws IOException {
        ProjectStore store = new ProjectStore(directory, any -> Optional.empty());
        store.create(
                "many",
                null,
                project -> project.write(draft -> {
                    Layout.newProject(draft, "many", List.of("dev"), null);
                    return null;
                }));
        Path repository = directory.resolve("many.git");
        if (COMMITS < 1_000) {
            git(repository, "config", "gc.auto", "256");
        }
        GitProject project = store.get("many");
        put(project, 0);
        String atStart = costs(project, -SAMPLE);

        for (int i = 1; i <= COMMITS; i++) {
            put(project, i);
        }

        int[] more = {0};
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            more[0]++;
            put(project, COMMITS + more[0]);
            assertThat(statistics(repository).numberOfPackedObjects).isPositive();
        });
        System.out.printf("commits=%d start: %s end: %s%n", COMMITS, atStart, costs(project, COMMITS));
        assertThat(git(repository, "rev-list", "--count", "master..dev"))
                .isEqualTo(Integer.toString(COMMITS + 1 + more[0] + 2 * SAMPLE));
        store.close();
        fsck(repository);
    }

    private static GC.RepoStatistics statistics(Path repository) throws IOException {
        try (FileRepository files = new FileRepository(repository.toFile())) {
            return new GC(files).getStatistics();
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
