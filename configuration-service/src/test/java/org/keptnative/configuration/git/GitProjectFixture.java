package org.keptnative.configuration.git;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.files.FileStore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A store of projects in a folder of its own, and what the tests do with it over and over. */
@Timeout(120)
abstract class GitProjectFixture {

    @TempDir
    Path directory;

    ProjectStore store;

    @BeforeEach
    void open() {
        store = new ProjectStore(new FileStore(directory), Publications.LOCAL);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    Path repository(String project) {
        return directory.resolve(project + ".git");
    }

    void create(String name, String... stages) {
        store.create(name, Publications.LOCAL, project -> fill(project, List.of(stages)));
    }

    static void fill(GitProject project, List<String> stages) {
        project.write(draft -> {
            Layout.newProject(draft, project.name(), stages, "stages: []".getBytes(UTF_8));
            return null;
        });
    }

    static String put(GitProject project, String branch, String path, String content) {
        return project.write(draft -> draft.commit(
                branch, new TreeEdit().put(path, draft.add(project.blob(content.getBytes(UTF_8)))), "Updated " + path));
    }
}
