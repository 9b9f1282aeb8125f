package org.keptnative.configuration.upstream;

import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;

/**
 * Kills the process while it writes, packs what it has written, creates projects, and fetches from and pushes to an
 * upstream; {@code -Dcrash.rounds=100} does so more often.
 */
class CrashTest extends ReplicaFixture {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int WRITERS = 8;
    private static final String CREATED = "created ";

    /** The process that is killed: works as fast as it can and prints what is acknowledged. */
    static final class Victim {

        public static void main(String[] arguments) {
            Replica replica = new Replica(Path.of(arguments[0]), new FileCredentialStore(Path.of(arguments[1])));
            String round = "round" + arguments[2] + "-";
            ExecutorService threads = Executors.newCachedThreadPool();
            for (int writer = 0; writer < WRITERS; writer++) {
                String folder = "writer" + writer + "/" + round;
                String stage = writer % 2 == 0 ? "dev" : "prod";
                threads.submit(() -> {
                    for (int i = 0; ; i++) {
                        System.out.println(replica.put("crash", stage, folder + i, folder + i));
                    }
                });
            }
            threads.submit(() -> {
                for (int i = 0; ; i++) {
                    replica.create("new-" + round + i, null, "dev");
                    System.out.println(CREATED + "new-" + round + i);
                }
            });
            threads.submit(() -> {
                for (int i = 0; ; i++) {
                    System.out.println(replica.put("shared", "dev", round + i, "x"));
                    replica.files("shared", "dev");
                }
            });
        }
    }

    @Test
    void what_was_acknowledged_survives_a_kill() throws Exception {
        Path directory = temporary.resolve("data");
        replica.create("crash", null, "dev", "prod");
        server.create("shared");
        replica.create("shared", upstream("shared"), "dev");
        replica.close();
        Path clone = cloned("shared");
        int acknowledged = 0;

        for (int round = 0; round < ROUNDS; round++) {
            List<String> output = runAndKill(round, clone);
            List<String> commits = output.stream().filter(ObjectId::isId).toList();
            acknowledged += commits.size();

            for (String name : projects(directory)) {
                fsck(directory.resolve(name));
            }
            assertThat(Stream.of("crash", "shared")
                            .flatMap(name -> git(directory.resolve(name + ".git"), "log", "--format=%H", "--branches")
                                    .lines()))
                    .containsAll(commits);
            assertThat(git(bare("shared"), "log", "--format=%H", "dev").lines())
                    .containsAll(git(directory.resolve("shared.git"), "log", "--format=%H", "dev")
                            .lines()
                            .toList());
            replica = new Replica(directory, credentials);
            for (String line : output) {
                if (line.startsWith(CREATED)) {
                    String name = line.substring(CREATED.length());
                    assertThat(replica.projects.get(name).stages()).containsExactly("dev");
                    replica.projects.delete(name);
                }
            }
            assertThat(replica.put("crash", "dev", "after", "round " + round)).hasSize(40);
            assertThat(replica.files("shared", "dev")).isNotEmpty();
            replica.close();
            assertThat(packs(directory.resolve("crash.git"))).isLessThan(100);
            assertThat(Files.list(directory).map(file -> file.getFileName().toString()))
                    .noneMatch(file -> file.startsWith(".unfinished"));
        }
        System.out.printf("kills=%d acknowledged=%d lost=0%n", ROUNDS, acknowledged);
        assertThat(acknowledged).isPositive();
    }

    private List<String> runAndKill(int round, Path clone) throws IOException, InterruptedException {
        Path output = temporary.resolve("output");
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        temporary.resolve("data").toString(),
                        temporary.resolve("credentials").toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.size(output) > 0 || !victim.isAlive());
        long end = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(100, 2000));
        while (System.nanoTime() < end) {
            pushSomething(clone);
        }
        victim.destroyForcibly().waitFor();
        String lines = Files.readString(output);
        return lines.substring(0, lines.lastIndexOf('\n') + 1).lines().toList(); // the last one may be cut off
    }

    /** Whoever was faster wins. */
    private static void pushSomething(Path clone) throws IOException {
        git(clone, "fetch", "--quiet");
        git(clone, "checkout", "--quiet", "-B", "dev", "origin/dev");
        commit(clone, "theirs" + System.nanoTime());
        GitCommand.tryGit(clone, "push", "--quiet", "origin", "dev");
    }

    private static List<String> projects(Path directory) throws IOException {
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.endsWith(".git"))
                    .toList();
        }
    }

    private static long packs(Path repository) throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }
}
