package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.NewObject;
import org.keptnative.configuration.git.OpenRepositories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.jgit.lib.Constants.OBJ_BLOB;

/** JGit tells when it lets go of a repository. */
class OpenRepositoriesTest {

    private static final NewObject CONTENT = NewObject.of(OBJ_BLOB, "content".getBytes(UTF_8));

    @TempDir
    Path directory;

    private final OpenRepositories openRepositories = new OpenRepositories(2);
    private final List<String> closed = new ArrayList<>();
    private FileProjectRepository a;
    private FileProjectRepository b;
    private FileProjectRepository c;

    @BeforeEach
    void create() throws IOException {
        a = repository("a");
        b = repository("b");
        c = repository("c");
        closed.clear();
    }

    @Test
    void the_one_that_was_not_used_for_the_longest_time_is_closed() {
        use(a, b, a);
        assertThat(closed).isEmpty();

        use(c);
        assertThat(closed).containsExactly("b");

        use(b);
        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void one_in_use_stays_open_until_its_last_user_is_done() throws IOException {
        try (Repository used = a.open();
                Repository usedToo = a.open()) {
            use(b, c);
            use(b, c);
            assertThat(closed).isEmpty();

            usedToo.incrementOpen();
            usedToo.close();
            assertThat(used.open(CONTENT.id(), OBJ_BLOB).getCachedBytes())
                    .asString(UTF_8)
                    .isEqualTo("content");
            assertThat(closed).isEmpty();
        }
        assertThat(closed).containsExactly("a");
    }

    @Test
    void what_is_written_is_found_after_it_was_closed() throws IOException {
        NewObject more = NewObject.of(OBJ_BLOB, "more".getBytes(UTF_8));
        a.publish(new Batch(List.of(more), List.of(), List.of()));
        use(b, c);
        assertThat(closed).containsExactly("a");

        for (ObjectId id : List.of(CONTENT.id(), more.id())) {
            try (Repository again = a.open()) {
                assertThat(again.getObjectDatabase().has(id)).isTrue();
            }
        }
    }

    @Test
    void a_project_that_goes_lets_go_at_once() {
        use(a);

        a.close();
        a.close();

        assertThat(closed).containsExactly("a");
    }

    @Test
    void the_heap_decides_how_many_stay_open() {
        assertThat(OpenRepositories.limitOf(16L << 20)).isEqualTo(8);
        assertThat(OpenRepositories.limitOf(64L << 20)).isEqualTo(16);
        assertThat(OpenRepositories.limitOf(256L << 20)).isEqualTo(64);
    }

    private static void use(FileProjectRepository... repositories) {
        for (FileProjectRepository repository : repositories) {
            repository.open().close();
        }
    }

    private FileProjectRepository repository(String name) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(name));
        FileProjectRepository repository =
                new FileProjectRepository(folder, openRepositories, Runnable::run, Runnable::run) {
                    @Override
                    FileRepository newRepository() {
                        return watched(folder);
                    }
                };
        repository.init();
        repository.publish(new Batch(List.of(CONTENT), List.of(), List.of()));
        openRepositories.forget(repository);
        return repository;
    }

    private FileRepository watched(Path folder) {
        try {
            return new FileRepository(folder.toFile()) {
                @Override
                protected void doClose() {
                    super.doClose();
                    closed.add(folder.getFileName().toString());
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
