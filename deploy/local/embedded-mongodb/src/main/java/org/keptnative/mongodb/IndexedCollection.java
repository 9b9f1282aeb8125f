package org.keptnative.mongodb;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A collection whose queries read its indexes where a {@link Plan} can be made, and all documents where none can. */
final class IndexedCollection extends H2Collection {

    private static final Runnable NOTHING_TO_PAUSE = () -> {};

    private final MVMap<Object, Document> documents;

    IndexedCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
        this.documents = documents;
    }

    @Override
    public synchronized void addIndex(Index<Object> index) {
        super.addIndex(index);
        if (getIndexes().contains(index)) {
            ((OrderedIndex) index).entries().complete();
        }
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document orderBy, int numberToSkip, int limit, int batchSize, Document fieldSelector) {
        Plan plan = plan(query, orderBy);
        if (plan == null) {
            return super.queryDocuments(query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
        }
        Scan scan = new Scan(plan);
        if (!plan.sorted()) {
            Stream<Document> found = stream(scan).map(this::getDocument).filter(Objects::nonNull);
            return matchDocumentsFromStream(found, query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
        }
        Stream<Object> positions = stream(scan);
        if (plan.exact()) {
            positions = positions.skip(numberToSkip); // without reading the documents
        }
        Stream<Document> found = positions
                .map(this::getDocument)
                .filter(Objects::nonNull)
                .flatMap(document -> match(document, query, fieldSelector));
        if (!plan.exact()) {
            found = found.skip(numberToSkip);
        }
        if (limit > 0) {
            found = found.limit(limit);
        }
        return batchSize > 0 ? firstBatch(found.iterator(), batchSize, scan::pause) : new QueryResult(found.toList());
    }

    /** The document as the client wants to see it, if it is one of those asked for. */
    private Stream<Document> match(Document document, Document query, Document fieldSelector) {
        return matchDocumentsFromStream(Stream.of(document), query, null, 0, 0, 0, fieldSelector)
                .collectDocuments()
                .stream();
    }

    @Override
    public synchronized int count(Document query, int skip, int limit) {
        Plan plan = query == null ? null : plan(query, null);
        if (plan == null || !plan.exact()) {
            return super.count(query, skip, limit);
        }
        Stream<Object> positions = stream(new Scan(plan)).skip(skip);
        return (int) (limit > 0 ? positions.limit(limit) : positions).count();
    }

    private Plan plan(Document query, Document orderBy) {
        List<IndexEntries> indexes = getIndexes().stream()
                .map(index -> ((OrderedIndex) index).entries())
                .toList();
        return Plan.of(indexes, query, orderBy);
    }

    /** A copy, since updates change the document that they have found. */
    @Override
    protected Document getDocument(Object position) {
        Document document = documents.get(position);
        return document == null ? null : document.cloneDeeply();
    }

    @Override
    protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
        return batchSize > 0 ? firstBatch(matched.iterator(), batchSize, NOTHING_TO_PAUSE) : new QueryResult(matched);
    }

    private QueryResult firstBatch(Iterator<Document> found, int batchSize, Runnable pause) {
        Cursor cursor = new BatchCursor(cursorRegistry.generateCursorId(), found, this, pause);
        List<Document> batch = cursor.takeDocuments(batchSize);
        if (cursor.isEmpty()) {
            return new QueryResult(batch);
        }
        cursorRegistry.add(cursor);
        return new QueryResult(batch, cursor);
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }
}
