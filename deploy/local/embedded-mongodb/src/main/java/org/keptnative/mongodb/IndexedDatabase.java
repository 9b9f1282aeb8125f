package org.keptnative.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

import java.util.List;

/** Makes databases whose indexes are in order, see {@link OrderedIndex}. */
final class IndexedDatabase {

    private IndexedDatabase() {}

    /** Anonymous, since the constructor of the library's class calls what is overridden here. */
    static MongoDatabase open(String name, MVStore store, CursorRegistry cursors) {
        return new H2Database(name, store, cursors) {
            @Override
            protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
                String fullName = name + "." + collection;
                MVMap<Object, Document> documents = store.openMap(
                        "databases." + fullName, new MVMap.Builder<Object, Document>().valueType(new DocumentType()));
                return new IndexedCollection(
                        this, collection, options, documents, store.openMap("meta." + fullName), cursors);
            }

            @Override
            protected Index<Object> openOrCreateUniqueIndex(
                    String collection, String index, List<IndexKey> keys, boolean sparse) {
                return new UniqueIndex(store, map(collection, index), index, keys, sparse);
            }

            @Override
            protected Index<Object> openOrCreateSecondaryIndex(
                    String collection, String index, List<IndexKey> keys, boolean sparse) {
                return new SecondaryIndex(store, map(collection, index), index, keys, sparse);
            }

            @Override
            protected void dropIndex(MongoCollection<Object> collection, String index) {
                super.dropIndex(collection, index);
                store.removeMap(map(collection.getCollectionName(), index));
            }

            @Override
            public Document handleCommand(
                    Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
                Document counted = command.equals("aggregate") ? Counting.answer(this, query) : null;
                return counted != null ? counted : super.handleCommand(channel, command, query, databases, oplog);
            }

            private String map(String collection, String index) {
                return name + "." + collection + "._ordered_" + index;
            }
        };
    }
}
