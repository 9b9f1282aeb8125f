package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Repository;

/**
 * A place for objects that are not accepted yet, such as those of a fetch or of a push that somebody sends. Unless a
 * {@link Batch} with it is published, closing it removes them.
 */
public interface Quarantine extends AutoCloseable {

    /** Reads all that the project has as well; what is inserted stays here. Its refs are those of the project. */
    Repository repository();

    /** For somebody else who closes it too; it is there as long as anybody has not. */
    Quarantine share();

    @Override
    void close();
}
