package org.keptnative.configuration.git;

import org.eclipse.jgit.attributes.AttributesNodeProvider;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;

import java.util.function.Supplier;

/** A repository as it will be with a draft, for what asks JGit for a {@code Repository}: a push. Only to be read. */
final class DraftRepository extends Repository {

    private final Repository stored;
    private final ObjectDatabase objects;

    DraftRepository(Repository stored, Supplier<ObjectReader> readers) {
        super(new Builder(stored));
        this.stored = stored;
        this.objects = new Objects(readers);
    }

    @Override
    public ObjectDatabase getObjectDatabase() {
        return objects;
    }

    @Override
    public RefDatabase getRefDatabase() {
        return stored.getRefDatabase();
    }

    @Override
    public StoredConfig getConfig() {
        return stored.getConfig();
    }

    @Override
    public String getIdentifier() {
        return stored.getIdentifier();
    }

    @Override
    public AttributesNodeProvider createAttributesNodeProvider() {
        return stored.createAttributesNodeProvider();
    }

    @Override
    public void create(boolean bare) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scanForRepoChanges() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void notifyIndexChanged(boolean internal) {
        throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, therefore needed
    public ReflogReader getReflogReader(String ref) {
        return null;
    }

    private static final class Builder extends BaseRepositoryBuilder<Builder, Repository> {

        Builder(Repository stored) {
            setBare();
            setFS(stored.getFS());
            setGitDir(stored.getDirectory());
        }
    }

    private static final class Objects extends ObjectDatabase {

        private final Supplier<ObjectReader> readers;

        Objects(Supplier<ObjectReader> readers) {
            this.readers = readers;
        }

        @Override
        public ObjectReader newReader() {
            return readers.get();
        }

        @Override
        public ObjectInserter newInserter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getApproximateObjectCount() {
            return -1;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
