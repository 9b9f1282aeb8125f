package org.keptnative.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Answers the pipeline by which drivers count, for which the library would read all documents. */
final class Counting {

    private static final Document GROUP = new Document("_id", 1).append("n", new Document("$sum", 1));

    private Counting() {}

    /** Null for any other pipeline. */
    @SuppressWarnings("unchecked")
    static Document answer(MongoDatabase database, Document command) {
        if (!(command.get("pipeline") instanceof Collection<?> pipeline)) {
            return null;
        }
        Iterator<Document> stages = ((Collection<Document>) pipeline).iterator();
        Document stage = next(stages);
        Document query = new Document();
        int skip = 0;
        int limit = 0;
        if (stage.get("$match") instanceof Document match) {
            query = match;
            stage = next(stages);
        }
        if (stage.get("$skip") instanceof Number number) {
            skip = number.intValue();
            stage = next(stages);
        }
        if (stage.get("$limit") instanceof Number number) {
            limit = number.intValue();
            stage = next(stages);
        }
        if (stages.hasNext() || !GROUP.equals(stage.get("$group"))) {
            return null;
        }
        String name = (String) command.get("aggregate");
        MongoCollection<?> collection = database.resolveCollection(name, false);
        int count = collection == null ? 0 : collection.count(query, skip, limit);
        Document answer = new Document(
                "cursor",
                new Document("id", 0L)
                        .append("ns", database.getDatabaseName() + "." + name)
                        .append(
                                "firstBatch",
                                count == 0 ? List.of() : List.of(new Document("_id", 1).append("n", count))));
        Utils.markOkay(answer);
        return answer;
    }

    private static Document next(Iterator<Document> stages) {
        return stages.hasNext() ? stages.next() : new Document();
    }
}
