package org.keptnative.e2e.chaos;

import org.junit.jupiter.api.Test;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.ManagedProcess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Under load one process after the other is killed, and started again as a supervisor would. In the end all that was
 * acknowledged is there. {@code -Dchaos.rounds=200} says how often, {@code -Dchaos.seed=…} repeats the order.
 */
class ChaosIT {

    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 5);
    private static final long SEED = Long.getLong("chaos.seed", System.currentTimeMillis());
    private static final Duration UNTIL_DELIVERED = Duration.ofMinutes(2);
    private static final int PAGE = 100;

    @Test
    void whatWasAcknowledgedOutlivesEveryKill() throws Exception {
        Random random = new Random(SEED);
        try (RecordingFollower follower = new RecordingFollower();
                Installation installation = Installation.start(follower.environment())) {
            KeptnUser user = new KeptnUser(installation);
            user.createProject(Load.PROJECT);
            user.createService(Load.PROJECT, "carts");
            Load load = new Load(installation);
            List<ManagedProcess> processes = installation.processes();
            for (int round = 1; round <= ROUNDS; round++) {
                ManagedProcess victim = processes.get(random.nextInt(processes.size()));
                Thread.sleep(random.nextInt(1000));
                victim.kill();
                Thread.sleep(random.nextInt(500));
                victim.start();
                victim.awaitReady();
                assertThat(processes).as("after %s", victim.name()).allMatch(ManagedProcess::isAlive);
                load.awaitMoreOfEach();
                System.out.printf(
                        "round %d of seed %d: killed %s; acknowledged %d events, %d files, %d projects; %d failures%n",
                        round,
                        SEED,
                        victim.name(),
                        load.events.size(),
                        load.files.size(),
                        load.projects.size(),
                        load.failures.get());
            }
            load.stop();

            assertThat(load.events).isNotEmpty();
            assertThat(load.files).isNotEmpty();
            assertThat(load.projects).isNotEmpty();
            assertEventsAreStoredOnce(user, load);
            await().atMost(UNTIL_DELIVERED)
                    .untilAsserted(() -> assertThat(follower.delivered).containsAll(load.events));
            assertFilesAreThere(installation, user, load);
            for (String project : load.projects) {
                installation
                        .client()
                        .get("/api/configuration-service/v1/project/" + project)
                        .then()
                        .statusCode(200);
            }
        }
    }

    private static void assertEventsAreStoredOnce(KeptnUser user, Load load) {
        List<String> stored = new ArrayList<>();
        List<Map<String, Object>> page;
        do {
            page = user.events("project=" + Load.PROJECT + "&type=sh.keptn.events.tests-finished&pageSize=" + PAGE
                    + "&nextPageKey=" + stored.size());
            page.forEach(event -> stored.add((String) event.get("shkeptncontext")));
        } while (page.size() == PAGE);

        assertThat(stored).doesNotHaveDuplicates().containsAll(load.events);
    }

    private static void assertFilesAreThere(Installation installation, KeptnUser user, Load load) throws Exception {
        for (String file : load.files.keySet()) {
            assertThat(user.read(Load.PROJECT, "", file))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(file);
        }
        try (Stream<Path> repositories = Files.find(
                installation.folder().resolve("config"),
                4,
                (path, attributes) -> path.endsWith("HEAD") && Files.isDirectory(path.resolveSibling("objects")))) {
            List<Path> all = repositories.map(Path::getParent).toList();
            assertThat(all).hasSizeGreaterThan(load.projects.size());
            for (Path repository : all) {
                assertThat(git(repository, List.of("fsck", "--full", "--strict")))
                        .as(repository.toString())
                        .doesNotContain("error", "missing", "broken", "corrupt");
            }
            Path project = all.stream()
                    .filter(repository -> repository.getFileName().toString().startsWith(Load.PROJECT))
                    .findFirst()
                    .orElseThrow();
            List<String> log =
                    List.of(git(project, List.of("rev-list", "--all")).split("\n"));
            assertThat(log).containsAll(load.files.values());
        }
    }

    private static String git(Path repository, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir", repository.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
