package org.keptnative.mongodb;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Hands out the documents of an answer, in batches that a reply can hold. */
final class BatchCursor extends AbstractCursor {

    /** As much as MongoDB puts in a batch. One document is at most as large. */
    private static final int MOST_BYTES = 16 << 20;

    private final Iterator<Document> documents;
    private final Runnable pause;
    private final Object lock;
    private Document next; // null at the end

    /**
     * @param lock held while documents are read
     * @param pause called when no more is read for a while
     */
    BatchCursor(long id, Iterator<Document> documents, Object lock, Runnable pause) {
        super(id);
        this.documents = documents;
        this.lock = lock;
        this.pause = pause;
        advance();
    }

    @Override
    public boolean isEmpty() {
        return next == null;
    }

    /** @param most 0 for as many as a batch holds */
    @Override
    public List<Document> takeDocuments(int most) {
        synchronized (lock) {
            List<Document> batch = new ArrayList<>();
            long bytes = 0;
            while (next != null && (most == 0 || batch.size() < most)) {
                bytes += DocumentType.size(next);
                if (bytes > MOST_BYTES && !batch.isEmpty()) {
                    break;
                }
                batch.add(next);
                advance();
            }
            pause.run();
            return batch;
        }
    }

    private void advance() {
        next = documents.hasNext() ? documents.next() : null;
    }
}
