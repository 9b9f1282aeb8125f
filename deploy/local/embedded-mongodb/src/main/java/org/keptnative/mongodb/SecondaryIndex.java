package org.keptnative.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVStore;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An index that is not unique. {@link Plan} reads it. */
final class SecondaryIndex extends Index<Object> implements OrderedIndex {

    private final IndexEntries entries;

    SecondaryIndex(MVStore store, String map, String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
        entries = new IndexEntries(store, map, keys, false, sparse);
    }

    @Override
    public IndexEntries entries() {
        return entries;
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        entriesOf(document).forEach(entry -> entries.put(entry, position));
    }

    @Override
    public Object remove(Document document) {
        entriesOf(document).forEach(entries.map()::remove);
        return getPosition(document);
    }

    @Override
    public void updateInPlace(
            Document oldDocument, Document newDocument, Object position, MongoCollection<Object> collection) {
        Set<byte[]> before = sorted(entriesOf(oldDocument));
        Set<byte[]> after = sorted(entriesOf(newDocument));
        before.stream().filter(entry -> !after.contains(entry)).forEach(entries.map()::remove);
        after.stream().filter(entry -> !before.contains(entry)).forEach(entry -> entries.put(entry, position));
    }

    private Collection<byte[]> entriesOf(Document document) {
        boolean isLeftOut = isSparse()
                && keys().stream()
                        .allMatch(key -> Utils.getSubdocumentValueCollectionAware(document, key) instanceof Missing);
        return isLeftOut ? List.of() : entries.entriesOf(document);
    }

    private static Set<byte[]> sorted(Collection<byte[]> entries) {
        Set<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
        sorted.addAll(entries);
        return sorted;
    }

    @Override
    public Object getPosition(Document document) {
        return Missing.ofNullable(document.get("_id"));
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

    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        // Any document may be added.
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
        // And any may take its place.
    }

    @Override
    public void drop() {
        // The database removes its map.
    }
}
