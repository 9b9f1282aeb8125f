package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;

/** Kills the process while it writes; {@code -Dcrash.rounds=20} does so more often. */
class CrashTest {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int WRITERS = 8;

    @TempDir
    Path directory;

    /** The process that is killed: writes as fast as it can and prints each commit once it is acknowledged. */
    static final class Victim {

        public static void main(String[] arguments) {
            int round = Integer.parseInt(arguments[1]);
            GitProject project = new ProjectStore(Path.of(arguments[0]), any -> Optional.empty()).get("crash");
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            for (int writer = 0; writer < WRITERS; writer++) {
                int id = writer;
                threads.submit(() -> {
                    for (int i = 0; ; i++) {
                        String path = "writer" + id + "/round" + round + "-" + i;
                        String commit = GitProjectFixture.put(project, id % 2 == 0 ? "dev" : "prod", path, path);
                        System.out.println(commit);
                    }
                });
            }
        }
    }

    @Test
    void what_was_acknowledged_survives_a_kill() throws IOException, InterruptedException {
        ProjectStore first = new ProjectStore(directory, any -> Optional.empty());
        first.create(
                "crash",
                null,
                project -> project.write(draft -> {
                    Layout.newProject(draft, "crash", List.of("dev", "prod"), null);
                    return null;
                }));
        first.close();
        Path repository = directory.resolve("crash.git");
        int acknowledged = 0;

        for (int round = 0; round < ROUNDS; round++) {
            List<String> commits = runAndKill(round);
            acknowledged += commits.size();

            assertThat(git(repository, "log", "--format=%H", "dev", "prod").lines())
                    .containsAll(commits);
            fsck(repository);
            ProjectStore next = new ProjectStore(directory, any -> Optional.empty());
            assertThat(GitProjectFixture.put(next.get("crash"), "dev", "after", "round " + round))
                    .hasSize(40);
            next.close();
        }
        System.out.printf("kills=%d acknowledged=%d lost=0%n", ROUNDS, acknowledged);
        assertThat(acknowledged).isPositive();
    }

    private List<String> runAndKill(int round) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.size(output) > 0 || !victim.isAlive());
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(50, 1000));
        victim.destroyForcibly().waitFor();
        // The last line may be cut off.
        return Files.readAllLines(output).stream().filter(ObjectId::isId).toList();
    }
}
