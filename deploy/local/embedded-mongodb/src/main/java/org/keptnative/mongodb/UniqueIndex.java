package org.keptnative.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVStore;

import java.util.List;
import java.util.Map;

/** A unique index, the one of the ids included. */
final class UniqueIndex extends AbstractUniqueIndex<Object> implements OrderedIndex {

    private final IndexEntries entries;

    UniqueIndex(MVStore store, String map, String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
        entries = new IndexEntries(store, map, keys, true, sparse);
    }

    @Override
    public IndexEntries entries() {
        return entries;
    }

    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
        entries.entriesOf(document); // takes note of arrays
        super.add(document, position, collection);
    }

    @Override
    protected boolean putKeyPosition(KeyValue keyValue, Object position) {
        return entries.put(entry(keyValue), Missing.ofNullable(position)) == null;
    }

    @Override
    protected Object removeDocument(KeyValue keyValue) {
        return entries.map().remove(entry(keyValue));
    }

    @Override
    protected Object getPosition(KeyValue keyValue) {
        return entries.map().get(entry(keyValue));
    }

    private byte[] entry(KeyValue keyValue) {
        byte[] entry = OrderedBytes.NOTHING;
        for (int field = 0; field < keyValue.size(); field++) {
            entry = OrderedBytes.append(
                    entry, keyValue.get(field), getKeys().get(field).isAscending());
        }
        return entry;
    }

    /** {@link Plan} answers what an index can; the rest reads all documents. */
    @Override
    public synchronized boolean canHandle(Document query) {
        return false;
    }

    @Override
    protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEmpty() {
        return !entries.isComplete();
    }

    @Override
    public long getCount() {
        return entries.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
