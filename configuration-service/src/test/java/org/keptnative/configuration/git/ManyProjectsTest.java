package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Many more projects than stay open; {@code -Dprojects=1000 -Dprojects.commits=30} makes more of them. */
class ManyProjectsTest extends GitProjectFixture {

    private static final int PROJECTS = Integer.getInteger("projects", 8);
    private static final int COMMITS = Integer.getInteger("projects.commits", 4);

    @BeforeEach
    @Override
    void open() {
        store = new ProjectStore(kind.open(directory, 2), Publications.LOCAL);
    }

    @Test
    void all_are_read_and_written_at_the_same_time() throws IOException {
        IntStream.range(0, PROJECTS).forEach(project -> create(name(project), "dev"));

        IntStream.range(0, PROJECTS * COMMITS).parallel().forEach(i -> {
            GitProject project = store.get(name(i % PROJECTS));
            put(project, "dev", "file" + i, "content " + i);
            assertThat(read(project, "file" + i)).isEqualTo("content " + i);
            assertThat(store.all()).hasSize(PROJECTS);
        });

        for (int i = 0; i < PROJECTS; i++) {
            GitProject project = store.get(name(i));
            assertThat(project.stage("dev").orElseThrow().count("")).isEqualTo(COMMITS + 1);
            assertThat(project.history(project.stage("dev").orElseThrow(), "metadata.yaml", null, 9)
                            .commits())
                    .hasSize(1);
        }
        closeAndCheck(repository(name(0)));
    }

    @Test
    void what_is_being_streamed_goes_on() throws IOException {
        IntStream.range(0, 4).forEach(project -> create(name(project), "dev"));
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        GitProject project = store.get(name(0));
        project.write(draft ->
                draft.commit("dev", new TreeEdit().put("large", draft.add(project.blob(large))), "Added large"));
        Snapshot dev = project.stage("dev").orElseThrow();

        try (ObjectStream stream = dev.open(dev.find("large").orElseThrow()).openStream()) {
            byte[] start = stream.readNBytes(1 << 20);
            IntStream.range(1, 4).forEach(other -> put(store.get(name(other)), "dev", "a", "x"));
            byte[] rest = stream.readAllBytes();

            assertThat(start).isEqualTo(Arrays.copyOf(large, start.length));
            assertThat(rest).isEqualTo(Arrays.copyOfRange(large, start.length, large.length));
        }
    }

    private static String name(int number) {
        return "project-" + number;
    }

    private static String read(GitProject project, String path) {
        Snapshot dev = project.stage("dev").orElseThrow();
        return MarkedText.decode(dev.read(path, 1000).orElseThrow());
    }
}
