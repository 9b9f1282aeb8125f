package org.keptnative.mongodb;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import org.h2.mvstore.MVStore;

import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The H2 backend with its changes on disk before they are acknowledged.
 *
 * <p>As it comes, it writes in the background, and a crash takes along what was acknowledged in the meantime. Here every
 * message is committed before its answer, and nothing is committed while another message is half done, so that a crash
 * never leaves a document without its index entries. Messages that wait at the same time share one commit.
 */
class DurableBackend extends H2Backend {

    /** Small compressed pages, because every commit writes each changed page anew. */
    private static final int PAGE_BYTES = 4096;

    private static final int COMMITS_BETWEEN_COMPACTIONS = 200;
    private static final int COMPACTED_FILL_PERCENT = 50;
    private static final int COMPACTED_BYTES = 1 << 20;

    private final MVStore store;
    private int commits; // guarded by the write lock
    private final ReadWriteLock messages = new ReentrantReadWriteLock();

    DurableBackend(Path file) {
        this(new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .pageSplitSize(PAGE_BYTES)
                .compress()
                .open());
    }

    private DurableBackend(MVStore store) {
        super(store);
        this.store = store;
        // Old pages may be overwritten at once: what replaces them is synced before the next commit begins.
        store.setRetentionTime(0);
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        return durably(() -> super.handleMessage(message));
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        return durably(() -> super.handleQuery(query));
    }

    private <T> T durably(Supplier<T> message) {
        try {
            messages.readLock().lock();
            try {
                return message.get();
            } finally {
                messages.readLock().unlock();
            }
        } finally {
            commit();
        }
    }

    @Override
    public void commit() {
        messages.writeLock().lock();
        try {
            if (store.hasUnsavedChanges()) {
                store.commit();
                store.sync();
                if (++commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
                    // Without it the file grows by some 50 kB with every commit.
                    store.compact(COMPACTED_FILL_PERCENT, COMPACTED_BYTES);
                    store.sync();
                }
            }
        } finally {
            messages.writeLock().unlock();
        }
    }
}
