package org.keptnative.mongodb;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The entries of an index in their order, each with the position of its document. They lie in the store of the documents
 * and are committed with them.
 */
final class IndexEntries {

    private static final String ID = "_id";
    /** Before all entries: what is known of the index as a whole. */
    private static final byte[] STATE = OrderedBytes.NOTHING;

    private static final int COMPLETE = 1;
    private static final int UNORDERED = 2;
    private static final int FIRST_ARRAY = 4;

    private static final int ENTRIES_BETWEEN_COMMITS = 5000;

    private final MVStore store;
    private final MVMap<byte[], Object> map;
    private final List<IndexKey> keys;
    private final boolean unique;
    private final boolean sparse;
    private final int declared;
    private int state;
    private int added;

    IndexEntries(MVStore store, String name, List<IndexKey> keys, boolean unique, boolean sparse) {
        this.store = store;
        map = store.openMap(name, new MVMap.Builder<byte[], Object>().keyType(ByteArrayDataType.INSTANCE));
        this.keys = new ArrayList<>(keys);
        declared = keys.size();
        // Documents with the same values are in the order of their ids.
        if (!unique && keys.stream().noneMatch(key -> key.getKey().equals(ID))) {
            this.keys.add(new IndexKey(ID, true));
        }
        this.unique = unique;
        this.sparse = sparse;
        state = (Integer) map.getOrDefault(STATE, 0);
        if (!isComplete()) {
            map.clear(); // the rest of a build that was interrupted
            state = 0;
        }
    }

    MVMap<byte[], Object> map() {
        return map;
    }

    /** The fields in their order; of an index that is not unique, the id is the last one. */
    List<IndexKey> keys() {
        return keys;
    }

    /** Whether all documents that have this field are in it. */
    boolean holdsAllWith(int field) {
        return field < declared;
    }

    /** Whether documents are left out that have none of its fields. */
    boolean isSparse() {
        return sparse;
    }

    boolean isComplete() {
        return (state & COMPLETE) != 0;
    }

    /** All documents are in it. */
    void complete() {
        mark(COMPLETE);
    }

    /** Whether queries can be answered from it. */
    boolean isUsable() {
        return isComplete() && (state & UNORDERED) == 0 && !(unique && state >= FIRST_ARRAY);
    }

    /** Whether a document has, or had, an array in this field, so that it may have several entries. */
    boolean hasArrays(int field) {
        return (state & FIRST_ARRAY << field) != 0;
    }

    long size() {
        return Math.max(0, map.sizeAsLong() - 1);
    }

    /** One entry for each combination of the values in its arrays. */
    Collection<byte[]> entriesOf(Document document) {
        List<byte[]> entries = List.of(OrderedBytes.NOTHING);
        for (int field = 0; field < keys.size(); field++) {
            Object value = Utils.getSubdocumentValueCollectionAware(
                    document, keys.get(field).getKey());
            List<byte[]> longer = new ArrayList<>();
            for (byte[] entry : entries) {
                if (!(value instanceof Collection<?> array)) {
                    longer.add(append(entry, field, value));
                } else if (array.isEmpty()) {
                    longer.add(append(entry, field, OrderedBytes.EMPTY_ARRAY));
                } else {
                    for (Object element : new LinkedHashSet<>(array)) {
                        longer.add(append(entry, field, element));
                    }
                }
            }
            if (value instanceof Collection) {
                mark(FIRST_ARRAY << field);
            }
            entries = longer;
        }
        return entries;
    }

    byte[] append(byte[] entry, int field, Object value) {
        if (!OrderedBytes.isOrdered(value)) {
            mark(UNORDERED);
        }
        return OrderedBytes.append(entry, value, keys.get(field).isAscending());
    }

    /** Returns what was there already, and leaves that. */
    Object put(byte[] entry, Object position) {
        if (!isComplete() && ++added % ENTRIES_BETWEEN_COMMITS == 0) {
            store.commit(); // a build is too much for the memory
        }
        return map.putIfAbsent(entry, position);
    }

    private void mark(int bits) {
        if ((state & bits) != bits) {
            state |= bits;
            map.put(STATE, state);
        }
    }
}
