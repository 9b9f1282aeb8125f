package org.keptnative.mongodb;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import org.h2.mvstore.MVStore;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The H2 backend with its changes on disk before they are acknowledged, and with indexes that are used.
 *
 * <p>As it comes, it writes in the background, and a crash takes along what was acknowledged in the meantime. Here every
 * message is committed before its answer, and nothing is committed while another message is half done, so that a crash
 * never leaves a document without its index entries. Messages that wait at the same time share one commit.
 */
class DurableBackend extends H2Backend {

    /** Small compressed pages, because every commit writes each changed page anew. */
    private static final int PAGE_BYTES = 4096;

    /** The pages that were read last; a part of the heap that `make run` gives. */
    private static final int CACHE_MEGABYTES = 48;

    /** As in MongoDB, unless the client says what it wants. */
    private static final int DOCUMENTS_OF_A_FIRST_BATCH = 101;

    private static final int COMMITS_BETWEEN_COMPACTIONS = 200;
    private static final int COMPACTED_FILL_PERCENT = 50;
    private static final int COMPACTED_BYTES = 1 << 20;

    private final MVStore store;
    private int commits; // guarded by the write lock
    private final ReadWriteLock messages = new ReentrantReadWriteLock();
    private final CountDownLatch broken = new CountDownLatch(1);

    DurableBackend(Path file) {
        this(new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0) // not even when much is to be written
                .cacheSize(CACHE_MEGABYTES)
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
    protected MongoDatabase openOrCreateDatabase(String name) {
        return IndexedDatabase.open(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Document command = message.getDocument();
        if (command.containsKey("find") && !Utils.isTrue(command.get("singleBatch"))) {
            command.putIfAbsent("batchSize", DOCUMENTS_OF_A_FIRST_BATCH);
        }
        // The building of an index is committed in parts, so nothing else may be half done meanwhile.
        return durably(
                command.containsKey("createIndexes") ? messages.writeLock() : messages.readLock(),
                () -> super.handleMessage(message));
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        return durably(messages.readLock(), () -> super.handleQuery(query));
    }

    private <T> T durably(Lock lock, Supplier<T> message) {
        try {
            lock.lock();
            try {
                return message.get();
            } finally {
                lock.unlock();
            }
        } finally {
            commit();
        }
    }

    /** Returns when the store can no longer be written, as on a full disk. What was committed is in the file. */
    void awaitBreakdown() throws InterruptedException {
        broken.await();
    }

    /** Unlike a shutdown it writes nothing any more. */
    void giveUp() {
        store.closeImmediately();
    }

    @Override
    public void commit() {
        messages.writeLock().lock();
        try {
            if (store.isClosed()) {
                throw new IllegalStateException("the store is closed"); // what waited for this commit is lost
            }
            if (store.hasUnsavedChanges()) {
                store.commit();
                store.sync();
                if (++commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
                    // Without it the file grows by some 50 kB with every commit.
                    store.compact(COMPACTED_FILL_PERCENT, COMPACTED_BYTES);
                    store.sync();
                }
            }
        } catch (RuntimeException e) {
            broken.countDown();
            throw e;
        } finally {
            messages.writeLock().unlock();
        }
    }
}
