package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** Reads a repository, which stays open as long as the reader. */
final class HeldReader extends ObjectReader.Filter {

    private final Repository repository;
    private final ObjectReader reader;

    /** @param repository is closed with the reader */
    HeldReader(Repository repository) {
        this.repository = repository;
        this.reader = repository.newObjectReader();
    }

    @Override
    protected ObjectReader delegate() {
        return reader;
    }

    @Override
    public void close() {
        reader.close();
        repository.close();
    }
}
