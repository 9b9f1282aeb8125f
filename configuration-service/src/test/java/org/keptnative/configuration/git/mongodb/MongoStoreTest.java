package org.keptnative.configuration.git.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.Document;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.NewObject;
import org.keptnative.configuration.git.OpenRepositories;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.Quarantine;
import org.keptnative.configuration.git.RepositoryStore;
import org.keptnative.configuration.git.StoreKind;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What several processes, crashes and large packs do to the documents. Refs lead to blobs here, for brevity. */
@Timeout(120)
class MongoStoreTest {

    private static final String REF = Constants.R_HEADS + "dev";
    private static final Duration NO_TIME = Duration.ZERO;

    @TempDir
    Path directory;

    private MongoDatabase database;
    private MongoCollection<Document> documents;
    private MongoStore store;
    private MongoStore other;

    @BeforeEach
    void open() throws IOException {
        database = StoreKind.database(directory);
        documents = database.getCollection("git");
        store = new MongoStore(database, 10, NO_TIME);
        other = new MongoStore(database, 10, NO_TIME);
        try (RepositoryStore.Unplaced unplaced = store.create()) {
            assertThat(unplaced.place("shop")).isTrue();
        }
    }

    @AfterEach
    void close() {
        store.close();
        other.close();
        database.drop();
    }

    @Test
    void a_change_elsewhere_is_seen_at_the_next_look() throws IOException {
        ProjectRepository here = repository(store);
        ProjectRepository there = repository(other);
        ObjectId last = ObjectId.zeroId();

        for (int i = 0; i < 5; i++) {
            ObjectId next = write(i % 2 == 0 ? here : there, last, "state " + i);
            for (ProjectRepository reader : List.of(here, there)) {
                try (Repository opened = reader.open()) {
                    assertThat(opened.exactRef(REF).getObjectId()).isEqualTo(next);
                    assertThat(read(opened, next)).isEqualTo("state " + i);
                }
                try (Repository known = reader.openKnown()) {
                    assertThat(read(known, next)).isEqualTo("state " + i);
                }
            }
            last = next;
        }
    }

    @Test
    void of_two_who_move_a_ref_from_the_same_place_one_is_refused_and_leaves_nothing() throws IOException {
        ProjectRepository here = repository(store);
        ProjectRepository there = repository(other);
        ObjectId first = write(here, ObjectId.zeroId(), "first");
        there.open().close();
        write(here, first, "second");
        long before = documents.countDocuments();

        assertThat(there.publish(batch(first, "third"))).isFalse();

        assertThat(documents.countDocuments()).isEqualTo(before);
    }

    @Test
    void another_ref_that_was_moved_meanwhile_is_no_hindrance() throws IOException {
        ProjectRepository here = repository(store);
        ProjectRepository there = repository(other);
        ObjectId first = write(here, ObjectId.zeroId(), "first");
        there.open().close();
        NewObject tag = blob("tag");
        assertThat(here.publish(new Batch(
                        List.of(tag),
                        List.of(),
                        List.of(new ReceiveCommand(ObjectId.zeroId(), tag.id(), "refs/tags/v1.0.0")))))
                .isTrue();

        ObjectId second = write(there, first, "second");

        try (Repository opened = here.open()) {
            assertThat(opened.exactRef(REF).getObjectId()).isEqualTo(second);
            assertThat(opened.exactRef("refs/tags/v1.0.0").getObjectId()).isEqualTo(tag.id());
        }
        assertThat(here.publish(new Batch(
                        List.of(),
                        List.of(),
                        List.of(new ReceiveCommand(tag.id(), ObjectId.zeroId(), "refs/tags/v1.0.0")))))
                .isTrue();
        try (Repository opened = there.open()) {
            assertThat(opened.exactRef("refs/tags/v1.0.0")).isNull();
        }
    }

    @Test
    void a_command_that_moves_nothing_checks_the_present_state() throws IOException {
        ProjectRepository here = repository(store);
        ProjectRepository there = repository(other);
        ObjectId first = write(here, ObjectId.zeroId(), "first");
        there.open().close();
        write(here, first, "second");

        assertThat(there.publish(new Batch(List.of(), List.of(), List.of(new ReceiveCommand(first, first, REF)))))
                .isFalse();
    }

    @Test
    void a_change_whose_answer_is_lost_counts_once() throws IOException {
        for (boolean arrives : List.of(true, false)) {
            AtomicBoolean lost = new AtomicBoolean();
            Repositories flaky = new Repositories(documents) {
                @Override
                boolean replace(String id, RepositoryState from, RepositoryState to, List<Chunks.Chunk> chunks) {
                    if (lost.getAndSet(true)) {
                        return super.replace(id, from, to, chunks);
                    }
                    if (arrives) {
                        super.replace(id, from, to, chunks);
                    }
                    throw new MongoSocketReadException("lost", new ServerAddress());
                }
            };
            StoredProjectRepository repository = new StoredProjectRepository(
                    Repositories.ofProject("shop"),
                    flaky,
                    new Chunks(documents, 1000),
                    new OpenRepositories(10),
                    later());
            ObjectId before = head(repository);
            int packs = state().packs().size();

            ObjectId after = write(repository, before, "arrives " + arrives);

            assertThat(head(repository)).isEqualTo(after);
            assertThat(state().packs()).hasSize(packs + 1);
        }
    }

    @Test
    void a_pack_and_the_change_that_lists_it_are_one_command() throws IOException {
        List<String> commands = new CopyOnWriteArrayList<>();
        // A class of its own would become a bean of every test of the service.
        CommandListener listener = (CommandListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CommandListener.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0] instanceof CommandStartedEvent event) {
                        commands.add(event.getCommandName());
                    }
                    return null;
                });
        try (MongoClient watched = MongoClients.create(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(StoreKind.connectionString()))
                        .addCommandListener(listener)
                        .build());
                MongoStore process = new MongoStore(watched.getDatabase(database.getName()))) {
            ProjectRepository repository = repository(process);
            ObjectId first = write(repository, ObjectId.zeroId(), "first");
            commands.clear();

            write(repository, first, "second");

            assertThat(commands).containsExactly("update");
        }
    }

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
        assertThat(documents.countDocuments(Chunks.startingWith("pack/"))).isEqualTo(4);
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
    void of_two_repositories_one_gets_the_name() throws IOException {
        try (RepositoryStore.Unplaced late = other.create()) {
            assertThat(late.place("shop")).isFalse();
        }
        assertThat(store.names()).containsExactly("shop");
        await().untilAsserted(() -> assertThat(documents.countDocuments()).isEqualTo(1));
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

    private ProjectRepository repository(MongoStore from) {
        return from.open("shop").orElseThrow();
    }

    private StoredProjectRepository direct(Compactor.Background background) {
        return new StoredProjectRepository(
                Repositories.ofProject("shop"),
                new Repositories(documents),
                new Chunks(documents, 1000),
                new OpenRepositories(10),
                background);
    }

    /** Never, as a process that is busy. */
    private static Compactor.Background later() {
        return new Compactor.Background() {
            @Override
            public void soon(Runnable task) {}

            @Override
            public void afterGrace(Runnable task) {}
        };
    }

    private RepositoryState state() {
        return new Repositories(documents).read(Repositories.ofProject("shop"));
    }

    private static ObjectId head(ProjectRepository repository) throws IOException {
        try (Repository opened = repository.open()) {
            return opened.exactRef(REF) == null
                    ? ObjectId.zeroId()
                    : opened.exactRef(REF).getObjectId();
        }
    }

    private static ObjectId write(ProjectRepository repository, ObjectId from, String content) throws IOException {
        assertThat(repository.publish(batch(from, content))).isTrue();
        return blob(content).id();
    }

    private static Batch batch(ObjectId from, String content) {
        NewObject object = blob(content);
        return new Batch(List.of(object), List.of(), List.of(new ReceiveCommand(from, object.id(), REF)));
    }

    private static NewObject blob(String content) {
        return NewObject.of(Constants.OBJ_BLOB, content.getBytes(UTF_8));
    }

    private static String read(Repository repository, ObjectId id) throws IOException {
        return new String(repository.open(id).getCachedBytes(), UTF_8);
    }

    private static ObjectId insert(Quarantine quarantine, byte[] content) throws IOException {
        try (ObjectInserter inserter = quarantine.repository().newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
            inserter.flush();
            return id;
        }
    }
}
