package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** Reads a repository, which stays open as long as the reader. */
final class HeldReader extends ObjectReader.Filter {

    private final Repository repository;
    private final ObjectReader reader;
    private boolean closed;

    /** @param repository is closed with the reader */
    HeldReader(Repository repository) {
        this.repository = repository;
        this.reader = repository.newObjectReader();
    }

    @Override
    protected ObjectReader delegate() {
        return reader;
    }

    /** May be called again, as JGit's own readers allow and its walks do. */
    @Override
    public void close() {
        reader.close();
        if (!closed) {
            closed = true;
            repository.close();
        }
    }
}
