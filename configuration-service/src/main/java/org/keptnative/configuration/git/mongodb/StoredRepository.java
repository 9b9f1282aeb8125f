package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.DfsRepository;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryBuilder;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.lib.StoredConfig;
import org.keptnative.configuration.git.RepositorySettings;

import java.util.function.Function;

/** One version of a repository. Nothing but memory is open with it, so who still reads an older one is not disturbed. */
final class StoredRepository extends DfsRepository {

    private static final StoredConfig SETTINGS = RepositorySettings.inMemory();

    static final DfsReaderOptions OPTIONS = new DfsReaderOptions().fromConfig(SETTINGS);

    private final RepositoryState state;
    private final StoredObjects objects;
    private final StoredRefs refs;

    /** @param objects makes the object database of this repository */
    StoredRepository(RepositoryState state, Function<StoredRepository, StoredObjects> objects) {
        super(new Builder(state));
        this.state = state;
        this.objects = objects.apply(this);
        this.refs = new StoredRefs(this);
    }

    RepositoryState state() {
        return state;
    }

    @Override
    public StoredObjects getObjectDatabase() {
        return objects;
    }

    @Override
    public StoredRefs getRefDatabase() {
        return refs;
    }

    @Override
    public StoredConfig getConfig() {
        return SETTINGS;
    }

    private static final class Builder extends DfsRepositoryBuilder<Builder, StoredRepository> {

        Builder(RepositoryState state) {
            setBare();
            setRepositoryDescription(new DfsRepositoryDescription(state.repository()));
        }

        @Override
        public StoredRepository build() {
            throw new UnsupportedOperationException();
        }
    }
}
