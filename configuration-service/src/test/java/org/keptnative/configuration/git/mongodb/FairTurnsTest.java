package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.OpenRepositories;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.mongodb.Chunks.Chunk;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** One process is near the database and never rests, the other one is far from it. */
class FairTurnsTest extends MongoStoreFixture {

    /** As many as a writer makes before it gives up. */
    private static final int ATTEMPTS = 30;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger written = new AtomicInteger();

    @Test
    void who_is_far_gets_a_turn() throws Exception {
        ProjectRepository far = new StoredProjectRepository(
                Repositories.ofProject("shop"),
                distant(),
                new Chunks(documents, 1000),
                new OpenRepositories(10),
                later());
        CompletableFuture<Void> near = CompletableFuture.runAsync(() -> {
            ProjectRepository here = direct(later());
            while (!over.get()) {
                tryToWrite(here);
            }
        });
        try {
            while (written.get() < 10) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            for (int i = 0; i < 3; i++) {
                int attempts = 1;
                while (!tryToWrite(far)) {
                    assertThat(++attempts).isLessThanOrEqualTo(ATTEMPTS);
                    TimeUnit.MILLISECONDS.sleep(25);
                }
            }
        } finally {
            over.set(true);
        }
        near.get(30, TimeUnit.SECONDS);
        // Nothing is lost for it.
        assertThat(state().packs().stream().mapToLong(StoredPack::objects).sum())
                .isEqualTo(written.get());
    }

    @Test
    void nobody_waits_for_who_asked_and_never_came() throws IOException {
        ProjectRepository here = direct(later());
        ObjectId first = write(here, ObjectId.zeroId(), "first");
        new Repositories(documents).ask(Repositories.ofProject("shop"), new Turn("gone", 100));

        ObjectId second = write(here, first, "second");

        assertThat(head(here)).isEqualTo(second);
        assertThat(state().turn()).isNull();
    }

    @Test
    void who_asks_first_comes_first() {
        Repositories repositories = new Repositories(documents);
        String id = Repositories.ofProject("shop");

        assertThat(repositories.ask(id, new Turn("first", 100)).turn().id()).isEqualTo("first");
        assertThat(repositories.ask(id, new Turn("second", 100))).isNull();

        assertThat(state().turn().id()).isEqualTo("first");
    }

    private boolean tryToWrite(ProjectRepository repository) {
        try {
            boolean done = repository.publish(batch(head(repository), "text " + UUID.randomUUID()));
            if (done) {
                written.incrementAndGet();
            }
            return done;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Repositories distant() {
        return new Repositories(documents) {
            @Override
            RepositoryState read(String id) {
                travel();
                return super.read(id);
            }

            @Override
            boolean replace(String id, RepositoryState from, RepositoryState to, List<Chunk> chunks) {
                travel();
                return super.replace(id, from, to, chunks);
            }
        };
    }

    private static void travel() {
        try {
            TimeUnit.MILLISECONDS.sleep(40);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
