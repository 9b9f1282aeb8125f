package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Repository;

import java.io.IOException;

/** The repository of a project as a store keeps it. */
public interface ProjectRepository extends AutoCloseable {

    /**
     * To read from, until it is closed; written by {@link #publish} alone. It costs little: the store keeps those open
     * that were used last.
     *
     * @throws GitException when the project is gone
     */
    Repository open();

    /** To read objects that something led to which {@link #open} has shown here before; need not be newer than that. */
    default Repository openKnown() {
        return open();
    }

    /**
     * To read objects that something leads to which was seen in {@code seen}, from {@link #open}; need not be newer than
     * that. Should the project have got another repository meanwhile, they are not in it.
     *
     * @throws GitException when they are gone with the project
     */
    default Repository reopen(Repository seen) {
        return open();
    }

    /**
     * Stores objects and moves refs, and returns when that would survive a power failure. Calls of one process must
     * not overlap; other processes may do the same at any time.
     *
     * @return false when a ref is no longer where it was, or the project has another repository than the batch rests
     *     on; then no ref has moved
     */
    boolean publish(Batch batch) throws IOException;

    Quarantine quarantine() throws IOException;

    /** Lets go of files and memory; what is read meanwhile goes on. */
    @Override
    void close();
}
