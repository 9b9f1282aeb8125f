package org.keptnative.configuration.git.mongodb;

import org.bson.Document;
import org.keptnative.configuration.git.GitException;

/** The version of a repository that was seen last; it stays in memory until it is let go of. */
final class LatestVersion {

    private final String id;
    private final Repositories repositories;
    private final Chunks chunks;
    private final SharedLook<StoredRepository> look = new SharedLook<>(this::look);

    private volatile StoredRepository known;

    /** @param id of the document */
    LatestVersion(String id, Repositories repositories, Chunks chunks) {
        this.id = id;
        this.repositories = repositories;
        this.chunks = chunks;
    }

    /**
     * As the database has it at this moment.
     *
     * @throws GitException when it has none
     */
    StoredRepository take() {
        return look.take();
    }

    /** Without a look at the database; null when none is in memory. */
    StoredRepository known() {
        return known;
    }

    /** Takes the head before anything is read that it leads to. */
    private StoredRepository look() {
        StoredRepository last = known;
        if (last != null) {
            Document version = repositories.version(id);
            if (version != null && last.state().isAt(version)) {
                return last;
            }
        }
        RepositoryState state = repositories.read(id);
        if (state == null) {
            release();
            throw gone();
        }
        return install(state);
    }

    private synchronized StoredRepository install(RepositoryState state) {
        StoredRepository next = new StoredRepository(state, of -> new StoredObjects(of, chunks, () -> missing(state)));
        release();
        known = next;
        return next;
    }

    /** To be told of an own change; it counts unless somebody has seen a newer one, or another repository. */
    synchronized void made(RepositoryState state) {
        if (known != null
                && known.state().repository().equals(state.repository())
                && known.state().version() < state.version()) {
            install(state);
        }
    }

    /** A pack was merged too long ago for who still reads, or is gone with the project. */
    private void missing(RepositoryState of) {
        release();
        Document present = repositories.version(id);
        if (present == null || !of.isOf(present)) {
            throw gone();
        }
    }

    synchronized void release() {
        if (known != null) {
            known.close();
            known = null;
        }
    }

    static GitException gone() {
        return GitException.notFound("Project not found");
    }
}
