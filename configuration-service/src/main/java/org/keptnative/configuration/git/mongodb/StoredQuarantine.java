package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.lib.Repository;
import org.keptnative.configuration.git.Quarantine;

import java.util.List;

/** Packs in the database that no repository lists yet. */
final class StoredQuarantine implements Quarantine {

    private final StoredRepository repository;
    private final QuarantinedObjects objects;
    private boolean kept;
    private int users = 1;

    StoredQuarantine(RepositoryState state, Chunks chunks) {
        repository = new StoredRepository(state, of -> new QuarantinedObjects(of, chunks));
        objects = (QuarantinedObjects) repository.getObjectDatabase();
    }

    @Override
    public Repository repository() {
        return repository;
    }

    /** Whose packs they can become. */
    String owner() {
        return repository.state().repository();
    }

    List<StoredPack> packs() {
        return objects.added();
    }

    /** @param kept whether the packs are listed, or may be */
    synchronized void keep(boolean kept) {
        this.kept = kept;
    }

    @Override
    public synchronized Quarantine share() {
        users++;
        return this;
    }

    @Override
    public synchronized void close() {
        if (--users > 0) {
            return;
        }
        repository.close();
        if (!kept) {
            objects.discard();
        }
    }
}
