package org.keptnative.configuration.upstream;

import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.BareCopy;
import org.keptnative.configuration.git.GitCommand;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.RepositoryStore;
import org.keptnative.configuration.git.StoreKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * upstream; {@code -Dcrash.rounds=100 -Djunit.jupiter.execution.timeout.mode=disabled} does so more often.
 */
class CrashTest extends ReplicaFixture {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int WRITERS = 8;
    private static final String CREATED = "created ";
    private static final String CREATED_AS = "new-";

    /** That write at the same time. */
    int processes = 1;

    /** The process that is killed: works as fast as it can and prints what is acknowledged. */
    static final class Victim {

        public static void main(String[] arguments) {
            RepositoryStore repositories = StoreKind.valueOf(arguments[3]).open(Path.of(arguments[0]));
            Replica replica =
                    new Replica(repositories, new FileCredentialStore(Path.of(arguments[1]), false), Replica.DEADLINE);
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
                    replica.create(CREATED_AS + round + i, null, "dev");
                    System.out.println(CREATED + CREATED_AS + round + i);
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
        replica.create("crash", null, "dev", "prod");
        server.create("shared");
        replica.create("shared", upstream("shared"), "dev");
        replica.close();
        Path clone = cloned("shared");
        int acknowledged = 0;

        for (int round = 0; round < ROUNDS; round++) {
            List<String> output = runAndKill(round, clone);
            if (kind != StoreKind.FILES) {
                replica = newReplica();
            }
            List<String> commits = output.stream().filter(ObjectId::isId).toList();
            acknowledged += commits.size();

            for (String name : projects()) {
                if (!name.startsWith(CREATED_AS) || name.startsWith(CREATED_AS + "round" + round)) {
                    fsck(repository(name)); // those of former rounds are not touched any more
                }
            }
            Path crash = repository("crash");
            Path shared = repository("shared");
            assertThat(Stream.of(crash, shared)
                            .flatMap(bare -> git(bare, "log", "--format=%H", "--branches")
                                    .lines()))
                    .containsAll(commits);
            assertThat(git(crash, "log", "--format=%H", "--merges", "--branches"))
                    .isEmpty();
            assertThat(git(bare("shared"), "log", "--format=%H", "dev").lines())
                    .containsAll(
                            git(shared, "log", "--format=%H", "dev").lines().toList());
            if (kind == StoreKind.FILES) {
                replica = newReplica();
            }
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
            assertThat(packs("crash")).isLessThan(100);
            if (kind == StoreKind.FILES) {
                assertThat(Files.list(temporary.resolve("data"))
                                .map(file -> file.getFileName().toString()))
                        .noneMatch(file -> file.startsWith(".unfinished"));
            }
        }
        System.out.printf("kills=%d acknowledged=%d lost=0%n", ROUNDS, acknowledged);
        assertThat(acknowledged).isPositive();
    }

    private List<String> runAndKill(int round, Path clone) throws IOException, InterruptedException {
        List<Path> outputs = new ArrayList<>();
        List<Process> victims = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            Path output = temporary.resolve("output" + i);
            outputs.add(output);
            victims.add(start(round + "-" + i, output));
        }
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> victims.stream().anyMatch(victim -> !victim.isAlive())
                            || outputs.stream().allMatch(CrashTest::hasSome));
            long end = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(100, 2000));
            while (System.nanoTime() < end) {
                pushSomething(clone);
            }
        } finally {
            for (Process victim : victims) {
                victim.destroyForcibly().waitFor();
            }
        }
        List<String> all = new ArrayList<>();
        for (Path output : outputs) {
            String lines = Files.readString(output);
            // The last one may be cut off.
            lines.substring(0, lines.lastIndexOf('\n') + 1).lines().forEach(all::add);
        }
        return all;
    }

    private Process start(String round, Path output) throws IOException {
        ProcessBuilder victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        temporary.resolve("data").toString(),
                        temporary.resolve("credentials").toString(),
                        round,
                        kind.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile());
        if (kind == StoreKind.MONGODB) {
            victim.environment().put("MONGODB_CONNECTION_STRING", StoreKind.connectionString());
        }
        return victim.start();
    }

    private static boolean hasSome(Path output) {
        return output.toFile().length() > 0;
    }

    /** Whoever was faster wins. */
    private static void pushSomething(Path clone) throws IOException {
        git(clone, "fetch", "--quiet");
        git(clone, "checkout", "--quiet", "-B", "dev", "origin/dev");
        commit(clone, "theirs" + System.nanoTime());
        GitCommand.tryGit(clone, "push", "--quiet", "origin", "dev");
    }

    private List<String> projects() throws IOException {
        if (kind == StoreKind.MONGODB) {
            return replica.projects.all().stream().map(GitProject::name).toList();
        }
        try (Stream<Path> folders = Files.list(temporary.resolve("data"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.endsWith(".git"))
                    .map(name -> name.substring(0, name.length() - ".git".length()))
                    .toList();
        }
    }

    private Path repository(String project) {
        return kind == StoreKind.FILES
                ? temporary.resolve("data").resolve(project + ".git")
                : BareCopy.of(replica.projects.get(project), temporary);
    }

    private long packs(String project) throws IOException {
        return kind == StoreKind.FILES
                ? countPacks(temporary.resolve("data").resolve(project + ".git"))
                : StoreKind.packs(temporary.resolve("data"), project);
    }

    private static long countPacks(Path repository) throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }
}
