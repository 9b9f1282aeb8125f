package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.keptnative.configuration.git.GitCommand.git;

/** Where there is much to walk over, packing leaves a commit-graph, which Git understands as well. */
class CommitGraphTest extends GitProjectFixture {

    private static final int COMMITS = 60;
    private static final int FILES = 30;

    @Test
    void packing_leaves_one_that_says_which_commits_touch_a_path() throws IOException {
        create("shop", "dev");
        GitProject project = store.get("shop");
        put(project, "dev", "r\u00e4re/file", "x");
        for (int i = 0; i < COMMITS; i++) {
            putMany(project, i);
        }
        Path repository = repository("shop");
        Path graph = repository.resolve("objects/info/commit-graph");

        await().until(() -> Files.exists(graph));

        Snapshot dev = project.stage("dev").orElseThrow();
        assertThat(touching(dev, "r\u00e4re/file")).isLessThan(COMMITS / 2);
        assertThat(touching(dev, "many/7")).isGreaterThanOrEqualTo(COMMITS);
        assertThat(messages(project, dev, "r\u00e4re/file")).containsExactly("Updated r\u00e4re/file");
        assertThat(messages(project, dev, "many/7")).hasSize(COMMITS).startsWith("state " + (COMMITS - 1));
        put(project, "dev", "r\u00e4re/file", "y");
        assertThat(messages(project, project.stage("dev").orElseThrow(), "r\u00e4re"))
                .hasSize(2);
        git(repository, "commit-graph", "verify");
        closeAndCheck(repository);
    }

    private static void putMany(GitProject project, int number) {
        project.write(draft -> {
            TreeEdit edit = new TreeEdit();
            IntStream.range(0, FILES)
                    .forEach(i -> edit.put("many/" + i, draft.add(project.blob((number + "-" + i).getBytes(UTF_8)))));
            return draft.commit("dev", edit, "state " + number);
        });
    }

    private static List<String> messages(GitProject project, Snapshot head, String path) {
        return project.history(head, path, null, 100).commits().stream()
                .map(CommitInfo::message)
                .toList();
    }

    /** Of how many commits the trees have to be read. */
    private static int touching(Snapshot head, String path) throws IOException {
        int touching = 0;
        try (ObjectReader reader = head.newReader();
                Frontier walk = new Frontier(reader, List.of(head.commit()))) {
            for (RevCommit commit; (commit = walk.next()) != null; walk.follow(commit)) {
                touching += walk.mayChange(commit, path.getBytes(UTF_8)) ? 1 : 0;
            }
        }
        return touching;
    }
}
