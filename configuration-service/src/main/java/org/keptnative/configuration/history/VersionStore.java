package org.keptnative.configuration.history;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import jakarta.inject.Singleton;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

/** One small document per project, with a version for each stage in which something happened. */
@Singleton
class VersionStore {

    private static final String STAGES = "stages";

    private final MongoCollection<BsonDocument> versions;

    VersionStore(MongoClient mongo, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        versions = mongo.getDatabase(database).getCollection("historyVersions", BsonDocument.class);
    }

    /** By project and stage. */
    Map<String, Map<String, String>> of(Collection<String> projects) {
        Map<String, Map<String, String>> found = new HashMap<>();
        versions.find(in("_id", projects)).forEach(document -> {
            Map<String, String> ofStages = new HashMap<>();
            document.getDocument(STAGES, new BsonDocument())
                    .forEach((stage, version) ->
                            ofStages.put(stage, version.asString().getValue()));
            found.put(document.getString("_id").getValue(), ofStages);
        });
        return found;
    }

    /**
     * Gives the stage a version that it never had, after each change, and also after one that was there already: whoever
     * made it may have been stopped in between. What a crash of the database loses is made up for by the age of the caches.
     */
    void renew(String project, String stage) {
        Bson renewal = set(STAGES + "." + stage, new ObjectId().toHexString());
        try {
            update(project, renewal);
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            update(project, renewal); // somebody else has made the document just now
        }
    }

    void forget(String project) {
        versions.deleteOne(eq("_id", project));
    }

    void forget(String project, String stage) {
        versions.updateOne(eq("_id", project), unset(STAGES + "." + stage));
    }

    private void update(String project, Bson change) {
        versions.withWriteConcern(WriteConcern.W1)
                .updateOne(eq("_id", project), change, new UpdateOptions().upsert(true));
    }
}
