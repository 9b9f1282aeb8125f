package org.keptnative.configuration.git.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.NewObject;
import org.keptnative.configuration.git.OpenRepositories;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.StoreKind;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** What several processes do to the refs. */
class StoredRefsTest extends MongoStoreFixture {

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
}
