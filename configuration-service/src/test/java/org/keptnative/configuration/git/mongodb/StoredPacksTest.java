package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.NewObject;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.Quarantine;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Large packs, quarantines, and packs that are merged. */
class StoredPacksTest extends MongoStoreFixture {

    @Test
    void what_is_larger_than_a_piece_is_read_as_it_was_written() throws IOException {
        byte[] large = new byte[3 * Chunks.SIZE * 8];
        new Random(1).nextBytes(large);
        NewObject object = NewObject.of(Constants.OBJ_BLOB, large);
        ProjectRepository here = repository(store);

        assertThat(here.publish(new Batch(
                        List.of(blob("small"), object, blob("smaller")),
                        List.of(),
                        List.of(new ReceiveCommand(ObjectId.zeroId(), object.id(), REF)))))
                .isTrue();

        assertThat(documents.countDocuments(Chunks.startingWith("pack/"))).isGreaterThan(20);
        try (Repository opened = repository(other).open();
                var content = opened.open(object.id()).openStream()) {
            assertThat(content.readAllBytes()).isEqualTo(large);
            assertThat(read(opened, blob("smaller").id())).isEqualTo("smaller");
        }
    }

    @Test
    void what_is_in_quarantine_is_seen_by_nobody_else_until_it_is_published() throws IOException {
        ProjectRepository here = repository(store);
        ObjectId first = write(here, ObjectId.zeroId(), "first");
        long before = documents.countDocuments();
        byte[] large = new byte[2 * Chunks.SIZE];
        new Random(2).nextBytes(large);

        try (Quarantine refused = here.quarantine()) {
            insert(refused, large);
            assertThat(documents.countDocuments()).isGreaterThan(before);
        }
        assertThat(documents.countDocuments()).isEqualTo(before);

        ObjectId inserted;
        try (Quarantine accepted = here.quarantine()) {
            inserted = insert(accepted, large);
            assertThat(read(accepted.repository(), first)).isEqualTo("first");
            try (Repository opened = here.open()) {
                assertThat(opened.getObjectDatabase().has(inserted)).isFalse();
            }
            ReceiveCommand wrong = new ReceiveCommand(inserted, inserted, REF);
            assertThat(here.publish(new Batch(List.of(), List.of(accepted), List.of(wrong))))
                    .isFalse();
            assertThat(here.publish(
                            new Batch(List.of(), List.of(accepted), List.of(new ReceiveCommand(first, inserted, REF)))))
                    .isTrue();
        }
        try (Repository opened = repository(other).open()) {
            assertThat(opened.open(inserted).getCachedBytes(large.length)).isEqualTo(large);
        }
    }

    @Test
    void many_packs_become_few_while_both_processes_write() throws IOException {
        ProjectRepository here = repository(store);
        ProjectRepository there = repository(other);
        ObjectId last = ObjectId.zeroId();
        for (int i = 0; i < 150; i++) {
            last = write(i % 2 == 0 ? here : there, last, "state " + i);
            assertThat(state().packs()).hasSizeLessThan(100);
        }

        for (ProjectRepository reader : List.of(here, there)) {
            try (Repository opened = reader.open()) {
                for (int i = 0; i < 150; i++) {
                    assertThat(read(opened, blob("state " + i).id())).isEqualTo("state " + i);
                }
            }
        }
        // What was merged is deleted, here at once.
        await().untilAsserted(() -> assertThat(documents.countDocuments(Chunks.startingWith("pack/")))
                .isEqualTo(state().packs().size()));
    }

    @Test
    void a_merge_that_another_process_has_made_is_not_made_again() throws IOException {
        StoredProjectRepository slow = direct(later());
        ObjectId last = ObjectId.zeroId();
        for (int i = 0; i < 45; i++) {
            last = write(slow, last, "state " + i);
        }
        List<StoredPack> former = slow.state().packs();
        StoredPack theirs = new StoredPack(Ids.next(), 1, 1, 45);
        StoredPack ours = new StoredPack(Ids.next(), 1, 1, 45);
        assertThat(direct(later()).replace(former, theirs, List.of())).isTrue();

        assertThat(slow.replace(former, ours, List.of())).isFalse();

        assertThat(state().packs()).containsExactly(theirs);
    }

    @Test
    void readers_are_never_disturbed_by_writers_and_merges_elsewhere() throws Exception {
        ProjectRepository writer = repository(store);
        ProjectRepository reader = repository(other);
        AtomicBoolean done = new AtomicBoolean();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        ObjectId first = write(writer, ObjectId.zeroId(), "0");
        Thread reading = new Thread(() -> {
            int seen = 0;
            while (!done.get()) {
                try (Repository opened = reader.open()) {
                    int now = Integer.parseInt(read(opened, opened.exactRef(REF).getObjectId()));
                    assertThat(now).isGreaterThanOrEqualTo(seen);
                    seen = now;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        reading.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        reading.start();
        ObjectId last = first;
        for (int i = 1; i <= 100; i++) {
            last = write(writer, last, Integer.toString(i));
        }
        done.set(true);
        reading.join();

        assertThat(failures).isEmpty();
    }

    private static ObjectId insert(Quarantine quarantine, byte[] content) throws IOException {
        try (ObjectInserter inserter = quarantine.repository().newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
            inserter.flush();
            return id;
        }
    }
}
