package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.NewObject;
import org.keptnative.configuration.git.OpenRepositories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** The lock of a branch, which another process takes for abandoned when it is old. */
class LooseRefTest {

    private static final String DEV = Constants.R_HEADS + "dev";

    @TempDir
    Path folder;

    private FileRepository repository;
    private Path lock;
    private ReceiveCommand move;

    @BeforeEach
    void create() throws IOException {
        repository = new FileRepository(folder.toFile());
        repository.create(true);
        lock = folder.resolve(DEV + ".lock");
        ObjectId first = commit("first");
        RefUpdate created = repository.updateRef(DEV);
        created.setNewObjectId(first);
        created.update();
        move = new ReceiveCommand(first, commit("second"), DEV);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void it_moves_the_branch_that_is_locked() throws IOException {
        try (LooseRef ref = new LooseRef(repository, move, Runnable::run, Duration.ofSeconds(30))) {
            assertThat(lock).exists();
            assertThat(ref.commit()).isTrue();
        }

        assertThat(head()).isEqualTo(move.getNewId());
        assertThat(lock).doesNotExist();
    }

    @Test
    void one_that_was_held_for_long_may_be_somebody_elses() throws IOException {
        try (LooseRef ref = new LooseRef(repository, move, Runnable::run, Duration.ZERO)) {
            Files.delete(lock);
            Files.createFile(lock); // by another process

            assertThat(ref.commit()).isFalse();
        }

        assertThat(head()).isEqualTo(move.getOldId());
        assertThat(lock).exists();
    }

    @Test
    void what_takes_long_to_write_is_written_before() throws IOException {
        assertThat(isLockedWhileWriting(1_000, move)).isTrue();
        ReceiveCommand back = new ReceiveCommand(move.getNewId(), move.getOldId(), DEV);
        assertThat(isLockedWhileWriting(3_000_000, back)).isFalse();
        assertThat(head()).isEqualTo(move.getOldId());
    }

    private boolean isLockedWhileWriting(int size, ReceiveCommand change) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        AtomicBoolean locked = new AtomicBoolean();
        Executor looking = work -> {
            locked.compareAndSet(false, Files.exists(lock));
            work.run();
            locked.compareAndSet(false, Files.exists(lock));
        };
        FileProjectRepository project =
                new FileProjectRepository(folder, new OpenRepositories(1), Runnable::run, looking);
        assertThat(project.publish(
                        new Batch(List.of(NewObject.of(Constants.OBJ_BLOB, content)), List.of(), List.of(change))))
                .isTrue();
        return locked.get();
    }

    private ObjectId head() throws IOException {
        return repository.exactRef(DEV).getObjectId();
    }

    private ObjectId commit(String message) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(new TreeFormatter()));
            commit.setAuthor(new PersonIdent("a", "a@example.com"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }
}
