package org.keptnative.configuration.git;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Histories that are long, written by Git itself. */
class PathHistoryTest extends GitProjectFixture {

    @Test
    void a_page_stops_and_the_next_one_goes_on() throws Exception {
        create("p", "dev");
        fastImport("p", out -> {
            for (int i = 1; i <= PathHistory.MAX_WALKED + 500; i++) {
                commit(out, i, "old/file", i <= 3 ? "state " + i : null, "b", "b" + i);
            }
        });
        GitProject project = store.get("p");
        Snapshot dev = project.stage("dev").orElseThrow();

        CommitPage newest = project.history(dev, "b", null, 2);
        assertThat(newest.commits())
                .extracting(CommitInfo::message)
                .containsExactly(
                        "commit " + (PathHistory.MAX_WALKED + 500), "commit " + (PathHistory.MAX_WALKED + 499));

        CommitPage first = project.history(dev, "old/file", "", 50);
        assertThat(first.commits()).isEmpty();
        assertThat(first.rest()).isNotEmpty();
        CommitPage second = project.history(dev, "old/file", first.rest(), 2);
        assertThat(second.commits()).extracting(CommitInfo::message).containsExactly("commit 3", "commit 2");
        CommitPage third = project.history(dev, "old/file", second.rest(), 2);
        assertThat(third.commits()).extracting(CommitInfo::message).containsExactly("commit 1");
        assertThat(third.rest()).isEmpty();

        String oldest = third.commits().get(0).id();
        assertThat(project.at(dev, oldest).orElseThrow().files("")).hasSize(2);
        String elsewhere = put(project, Names.MASTER, "x", "x");
        assertThat(project.at(dev, elsewhere)).isEmpty();
    }

    @Test
    void a_merge_is_walked_on_both_sides_and_each_commit_shown_once() throws Exception {
        create("p", "dev");
        fastImport("p", out -> {
            commit(out, 1, "a", "1");
            out.println("reset refs/heads/side\nfrom :1\n");
            commit(out, "side", 2, 2, "a", "2");
            commit(out, 3, "b", "3");
            out.println("commit refs/heads/dev\nmark :4\ncommitter k <k@k> 1600000004 +0000\ndata 5\nmerge\nmerge :2");
            out.println("M 644 inline a\ndata 1\n2\n");
            commit(out, 5, "a", "5");
        });
        GitProject project = store.get("p");
        Snapshot dev = project.stage("dev").orElseThrow();

        List<String> shown = new ArrayList<>();
        String key = null;
        do {
            CommitPage page = project.history(dev, "a", key, 1);
            page.commits().forEach(commit -> shown.add(commit.message()));
            key = page.rest();
        } while (!key.isEmpty());

        assertThat(shown).containsExactly("commit 5", "commit 2", "commit 1");
    }

    private interface Stream {

        void write(PrintWriter out);
    }

    private static void commit(PrintWriter out, int number, String... files) {
        commit(out, "dev", number, number, files);
    }

    /** @param files paths and contents in turns; no content means no change */
    private static void commit(PrintWriter out, String branch, int number, int second, String... files) {
        String message = "commit " + number;
        out.println("commit refs/heads/" + branch + "\nmark :" + number + "\ncommitter k <k@k> "
                + (1_600_000_000 + second) + " +0000\ndata " + message.length() + "\n" + message);
        for (int i = 0; i < files.length; i += 2) {
            if (files[i + 1] != null) {
                out.println("M 644 inline " + files[i] + "\ndata " + files[i + 1].length() + "\n" + files[i + 1]);
            }
        }
        out.println();
    }

    /** Replaces what the branches have. */
    private void fastImport(String project, Stream commits) throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "fast-import", "--quiet", "--force")
                .directory(repository(project).toFile())
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (OutputStream in = git.getOutputStream();
                PrintWriter out = new PrintWriter(in)) {
            commits.write(out);
        }
        assertThat(git.waitFor()).isZero();
    }
}
