package org.keptnative.e2e.chaos;

import org.keptnative.configuration.git.GitCommand;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.git.GitUser;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is there in the end, beside what was acknowledged. */
final class Outcome {

    private static final Duration UNTIL_DELIVERED = Duration.ofMinutes(2);
    private static final int PAGE = 100;

    private final Installation installation;
    private final KeptnUser user;
    private final Load load;

    Outcome(Installation installation, Load load) {
        this.installation = installation;
        this.load = load;
        user = new KeptnUser(installation);
    }

    void assertNothingIsLost(RecordingFollower follower) throws IOException {
        assertEventsAreStoredOnce();
        assertEventsAreDeliveredInOrder(follower);
        assertFilesAreThere();
        assertProjectsAreThere();
    }

    private void assertEventsAreStoredOnce() {
        List<String> stored = new ArrayList<>();
        List<Map<String, Object>> page;
        do {
            page = user.events("project=" + Load.PROJECT + "&type=sh.keptn.events.tests-finished&pageSize=" + PAGE
                    + "&nextPageKey=" + stored.size());
            page.forEach(event -> stored.add((String) event.get("id")));
        } while (page.size() == PAGE);

        assertThat(load.events).isNotEmpty();
        assertThat(stored).doesNotHaveDuplicates().containsAll(load.events);
    }

    /** Of those that were acknowledged, which came one after the other. */
    private void assertEventsAreDeliveredInOrder(RecordingFollower follower) {
        await().atMost(UNTIL_DELIVERED)
                .untilAsserted(() -> assertThat(follower.delivered()).containsAll(load.events));
        Set<String> acknowledged = new HashSet<>(load.events);
        for (String sender : Load.SENDERS) {
            List<Integer> numbers = follower.delivered().stream()
                    .filter(id -> id.startsWith(sender) && acknowledged.contains(id))
                    .map(id -> Integer.valueOf(id.substring(sender.length() + 1)))
                    .toList();
            assertThat(numbers).isSorted();
        }
    }

    private void assertFilesAreThere() throws IOException {
        assertThat(load.files).isNotEmpty();
        for (String file : load.files.keySet()) {
            assertThat(user.read(Load.PROJECT, "", file))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(file);
        }
        Path clone =
                new GitUser(installation, Files.createTempDirectory(installation.folder(), "")).clone(Load.PROJECT);
        GitCommand.fsck(clone);
        assertThat(List.of(GitCommand.git(clone, "rev-list", "--all").split("\n")))
                .containsAll(load.files.values());
    }

    /** Those on the disk. */
    void assertRepositoriesAreSound() throws IOException {
        try (Stream<Path> repositories = Files.find(
                installation.folder().resolve("config"),
                4,
                (path, attributes) -> path.endsWith("HEAD") && Files.isDirectory(path.resolveSibling("objects")))) {
            List<Path> all = repositories.map(Path::getParent).toList();
            assertThat(all).hasSizeGreaterThan(load.projects.size());
            all.forEach(GitCommand::fsck);
        }
    }

    private void assertProjectsAreThere() {
        assertThat(load.projects).isNotEmpty();
        assertThat(load.commands.created).isNotEmpty();
        assertThat(load.commands.endless).isEmpty();
        for (String project : load.projects) {
            installation
                    .client()
                    .get("/api/configuration-service/v1/project/" + project)
                    .then()
                    .statusCode(200);
        }
        for (String project : load.commands.created) {
            assertThat(user.stages(project)).containsExactly("dev", "staging", "production");
        }
    }
}
