package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.LockFile;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** One branch that moves: what it says next reaches the disk beside its objects, and counts once they are there. */
final class LooseRef implements AutoCloseable {

    private final Repository repository;
    private final ReceiveCommand move;
    private final Path file;
    private final LockFile lock;
    private final ToDisk<Boolean> prepared;

    /** @param threads for the preparation, which begins at once */
    LooseRef(Repository repository, ReceiveCommand move, Executor threads) {
        this.repository = repository;
        this.move = move;
        this.file = repository.getDirectory().toPath().resolve(move.getRefName());
        this.lock = new LockFile(file.toFile());
        lock.setFSync(true);
        this.prepared = ToDisk.start(threads, this::prepare);
    }

    private boolean prepare() throws IOException {
        if (!lock.lock() || !RefUpdates.isAt(repository, move)) {
            return false;
        }
        lock.write(move.getNewId());
        return true;
    }

    /**
     * Returns when the move would survive a power failure.
     *
     * @return false when the branch is no longer where it was, or somebody else is moving it right now
     */
    boolean commit() throws IOException {
        if (!prepared.await()) {
            return false;
        }
        if (!lock.commit()) {
            throw new IOException("updating " + move.getRefName() + " failed");
        }
        PackFiles.fsync(file.getParent());
        return true;
    }

    /** Leaves the branch where it is, unless it was moved. */
    @Override
    public void close() {
        prepared.settle();
        lock.unlock();
    }
}
