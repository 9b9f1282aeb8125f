package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.RepositoryStore;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Names of projects, and what deleted ones and crashes leave behind. */
class StoredProjectsTest extends MongoStoreFixture {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void what_a_crash_has_left_is_swept_and_nothing_else() throws IOException {
        ProjectRepository here = repository(store);
        ObjectId first = write(here, ObjectId.zeroId(), "first");
        Chunks chunks = new Chunks(documents, 1000);
        PackWriting unlisted = new PackWriting(chunks, state().repository());
        unlisted.write(new byte[2 * Chunks.SIZE], 0, 2 * Chunks.SIZE);
        unlisted.finish();
        PackWriting ownerless = new PackWriting(chunks, Ids.next());
        ownerless.write(new byte[10], 0, 10);
        ownerless.finish();
        store.create(); // never placed
        Sweeper sweeper = new Sweeper(new Repositories(documents), chunks, NO_TIME);
        Sweeper patient = new Sweeper(new Repositories(documents), chunks, Sweeper.LEASE);
        long version = state().version();
        await().until(() -> !Ids.age(unlisted.id()).isZero());

        patient.sweep();
        patient.sweep();
        sweeper.sweep();
        assertThat(documents.countDocuments(Chunks.startingWith("pack/"))).isEqualTo(3); // all but the ownerless one
        sweeper.sweep();

        assertThat(documents.find().map(document -> document.getString("_id")))
                .satisfiesExactlyInAnyOrder(
                        project -> assertThat(project).isEqualTo("project/shop"),
                        pack -> assertThat(pack).startsWith("pack/" + state().repository() + "/"));
        assertThat(state().version()).isEqualTo(version + 1); // so that who had the pack in his hands lists it no more
        assertThat(write(here, first, "second")).isNotNull();
    }

    @Test
    void what_is_too_old_is_listed_no_more() throws IOException {
        String old = "%012x".formatted(System.currentTimeMillis() - Sweeper.LEASE.toMillis()) + "0".repeat(20);

        assertThatThrownBy(() -> Sweeper.checkYoung(old)).isInstanceOf(GitException.class);
    }

    @Test
    void a_project_that_is_deleted_elsewhere_is_gone_here_and_may_be_made_anew() throws IOException {
        ProjectRepository here = repository(store);
        ObjectId first = write(here, ObjectId.zeroId(), "first");

        other.delete("shop");

        assertThat(store.exists("shop")).isFalse();
        assertThatThrownBy(here::open).isInstanceOf(GitException.class);
        assertThatThrownBy(() -> here.publish(batch(first, "second"))).isInstanceOf(GitException.class);
        await().untilAsserted(() -> assertThat(documents.countDocuments()).isZero());
        try (RepositoryStore.Unplaced unplaced = other.create()) {
            write(unplaced.repository(), ObjectId.zeroId(), "anew");
            assertThat(unplaced.place("shop")).isTrue();
        }
        assertThat(head(here)).isEqualTo(blob("anew").id());
    }

    @Test
    void a_project_that_is_written_all_the_time_is_deleted_all_the_same() throws Exception {
        for (int round = 0; round < 10; round++) {
            ProjectRepository elsewhere = repository(other);
            Future<?> writer = threads.submit(() -> {
                ObjectId head = ObjectId.zeroId();
                for (int i = 0; ; i++) {
                    head = write(elsewhere, head, "text " + i);
                }
            });
            await().until(() -> !head(elsewhere).equals(ObjectId.zeroId()));

            store.delete("shop");

            assertThat(store.exists("shop")).isFalse();
            assertThatThrownBy(writer::get).hasCauseInstanceOf(GitException.class);
            place();
        }
    }

    @Test
    void who_reads_a_project_that_is_deleted_elsewhere_reads_on() throws IOException {
        ObjectId first = write(repository(store), ObjectId.zeroId(), "first");
        try (MongoStore patient = new MongoStore(database, 10);
                Repository opened = repository(other).open()) {
            patient.delete("shop");

            assertThat(store.exists("shop")).isFalse();
            assertThat(read(opened, first)).isEqualTo("first");
        }
    }

    @Test
    void who_reads_for_longer_than_that_is_told_that_it_is_gone() throws IOException {
        for (boolean anew : List.of(true, false)) {
            ObjectId first = write(repository(store), ObjectId.zeroId(), "first");
            try (Repository opened = repository(other).open()) {
                store.delete("shop");
                await().untilAsserted(() -> assertThat(documents.countDocuments(Chunks.startingWith("pack/")))
                        .isZero());
                if (anew) {
                    place();
                }

                assertThatThrownBy(() -> read(opened, first)).isInstanceOf(GitException.class);
            }
        }
    }

    @Test
    void of_two_repositories_one_gets_the_name() throws IOException {
        try (RepositoryStore.Unplaced late = other.create()) {
            assertThat(late.place("shop")).isFalse();
        }
        assertThat(store.names()).containsExactly("shop");
        await().untilAsserted(() -> assertThat(documents.countDocuments()).isEqualTo(1));
    }
}
