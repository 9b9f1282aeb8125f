package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.LockFile;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/** One branch that moves: what it says next reaches the disk beside its objects, and counts once they are there. */
final class LooseRef implements AutoCloseable {

    private final Repository repository;
    private final ReceiveCommand move;
    private final Path file;
    private final LockFile lock;
    private final long begun = System.nanoTime();
    private final Duration safe;
    private final ToDisk<Boolean> prepared;

    /**
     * @param threads for the preparation, which begins at once
     * @param safe for so long nobody takes the lock for abandoned
     */
    LooseRef(Repository repository, ReceiveCommand move, Executor threads, Duration safe) {
        this.repository = repository;
        this.move = move;
        this.file = repository.getDirectory().toPath().resolve(move.getRefName());
        this.lock = new LockFile(file.toFile());
        this.safe = safe;
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
     * @return false when the branch is no longer where it was, or somebody else is moving it right now, or may be
     */
    boolean commit() throws IOException {
        if (!prepared.await() || !isOurs()) {
            return false;
        }
        if (!lock.commit()) {
            throw new IOException("updating " + move.getRefName() + " failed");
        }
        PackFiles.fsync(file.getParent());
        return true;
    }

    /** Leaves the branch where it is, unless it was moved. A lock that may be somebody else's stays until it is old. */
    @Override
    public void close() {
        prepared.settle();
        if (isOurs()) {
            lock.unlock();
        }
    }

    private boolean isOurs() {
        return System.nanoTime() - begun < safe.toNanos();
    }
}
