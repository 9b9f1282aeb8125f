package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectId;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the repositories of the projects. All that depends on where they are (files, a database) is behind this
 * interface and {@link ProjectRepository}; what comes out is JGit's own {@code Repository}.
 */
public interface RepositoryStore extends AutoCloseable {

    /** A repository that nobody else sees before it has its name. */
    interface Unplaced extends AutoCloseable {

        ProjectRepository repository();

        /**
         * Makes it the repository of a project, all at once.
         *
         * @return false when there is such a project already
         */
        boolean place(String name) throws IOException;

        /** Removes it, unless it was placed. */
        @Override
        void close() throws IOException;
    }

    /** The names of all projects, in no particular order. */
    List<String> names() throws IOException;

    /** Whether there is such a project at this moment. */
    boolean exists(String name);

    Optional<ProjectRepository> open(String name);

    /** A new repository, empty. */
    Unplaced create() throws IOException;

    /**
     * Removes a repository, if there is one, so that a crash leaves it whole or gone.
     *
     * @return where its refs were in the end
     */
    Map<String, ObjectId> delete(String name) throws IOException;

    /** Whether repositories can be read and written now. */
    boolean isReady();

    @Override
    void close() throws IOException;
}
