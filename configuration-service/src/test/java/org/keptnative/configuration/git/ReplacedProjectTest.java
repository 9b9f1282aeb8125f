package org.keptnative.configuration.git;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException.Reason;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A project is deleted, and made anew under its name, while somebody reads and writes it. */
class ReplacedProjectTest extends GitProjectFixture {

    private static final String NAME = "shop";

    /** Who deletes it: another process, where there may be several. */
    private ProjectStore elsewhere;

    @BeforeEach
    void create() {
        elsewhere = kind == StoreKind.MONGODB ? new ProjectStore(kind.open(directory), Publications.LOCAL) : store;
        create(NAME, "dev");
    }

    @AfterEach
    void closeElsewhere() throws IOException {
        if (elsewhere != store) {
            elsewhere.close();
        }
    }

    @Test
    void what_is_being_read_is_the_former_one_or_gone() {
        put(store.get(NAME), "dev", "former", "x");
        Snapshot former = store.get(NAME).stage("dev").orElseThrow();

        replace();
        assertThat(store.stages(NAME)).containsExactly("dev");

        Throwable failure = catchThrowable(() ->
                assertThat(former.files("")).extracting(Snapshot.File::path).contains("former"));
        if (failure != null) {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        }
        assertThat(store.get(NAME).stage("dev").orElseThrow().files(""))
                .extracting(Snapshot.File::path)
                .containsExactly("metadata.yaml");
    }

    @Test
    void what_was_begun_on_the_former_one_never_comes_into_the_new_one() {
        AtomicBoolean replaced = new AtomicBoolean();
        GitProject project = store.get(NAME);

        Throwable refusal = catchThrowable(() -> project.write(draft -> {
            draft.createBranch("late", draft.master());
            if (!replaced.getAndSet(true)) {
                replace();
                assertThat(store.stages(NAME)).containsExactly("dev"); // so that this process knows the new one
            }
            return null;
        }));

        assertThat(refusal)
                .satisfiesAnyOf(e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(GitException.class));
        GitCommand.fsck(repository(NAME));
    }

    @Test
    void a_refusal_rests_on_what_is_there_in_the_end() {
        AtomicBoolean replaced = new AtomicBoolean();
        GitProject project = store.get(NAME);

        assertThatThrownBy(() -> project.write(draft -> {
                    if (!replaced.getAndSet(true)) {
                        replace();
                        throw new IllegalStateException("seen in the former one");
                    }
                    throw GitException.invalid("seen in the new one");
                }))
                .isInstanceOf(GitException.class);
    }

    private void replace() {
        elsewhere.delete(NAME);
        elsewhere.create(
                NAME,
                Publications.LOCAL,
                project -> project.write(draft -> {
                    Layout.newProject(draft, NAME, List.of("dev"), "stages: [] # anew".getBytes(UTF_8));
                    return null;
                }));
    }
}
