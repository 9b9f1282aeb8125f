package org.keptnative.datastore.transfer;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.keptnative.datastore.event.EventDocument;
import org.keptnative.datastore.event.ProjectDeleted;

/** How far files have been imported, so that an import that was interrupted goes on where it was. */
@Singleton
class Progress {

    /** How many lines of a file are stored. */
    long of(String file) {
        Document record = records().find(Filters.eq(file)).first();
        return record == null ? 0 : record.getLong("lines");
    }

    void reached(String file, long lines) {
        records().updateOne(Filters.eq(file), Updates.max("lines", lines), new UpdateOptions().upsert(true));
    }

    void finished(String file) {
        records().deleteOne(Filters.eq(file));
    }

    /** What was imported may be gone. */
    void forget(@Observes ProjectDeleted deleted) {
        deleted.deadline().of(records()).deleteMany(new Document());
    }

    private static MongoCollection<Document> records() {
        return EventDocument.mongoDatabase().getCollection("imports");
    }
}
