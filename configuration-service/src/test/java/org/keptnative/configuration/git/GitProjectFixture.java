package org.keptnative.configuration.git;

import com.mongodb.client.model.Filters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A store of projects in a folder of its own, and what the tests do with it over and over. */
@Timeout(120)
abstract class GitProjectFixture {

    /** What is true of the one store is true of the other: their tests inherit from each other. */
    StoreKind kind = StoreKind.FILES;

    @TempDir
    Path directory;

    ProjectStore store;

    @BeforeEach
    void open() {
        store = new ProjectStore(kind.open(directory), Publications.LOCAL);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        if (kind == StoreKind.MONGODB) {
            StoreKind.database(directory).drop();
        }
    }

    /** A repository as the real Git can look at it, in its present state. */
    Path repository(String project) {
        return kind == StoreKind.FILES
                ? directory.resolve(project + ".git")
                : BareCopy.of(store.get(project), directory);
    }

    /** The end of a test: closes the store, since Git complains of packs that are merged while it looks. */
    void closeAndCheck(Path repository) throws IOException {
        store.close();
        GitCommand.fsck(repository);
    }

    /** What the store has kept, but for what it deletes when nobody reads it any more. */
    List<String> kept() {
        return kind == StoreKind.FILES
                ? List.of(directory.toFile().list((folder, name) -> !name.equals(".lock")))
                : StoreKind.database(directory)
                        .getCollection("git")
                        .find(Filters.not(Filters.regex("_id", "^pack/")))
                        .map(document -> document.getString("_id"))
                        .into(new ArrayList<>());
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
