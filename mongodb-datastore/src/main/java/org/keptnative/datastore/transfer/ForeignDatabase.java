package org.keptnative.datastore.transfer;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCursor;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.keptnative.datastore.error.ApiException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the database of another installation, and nothing but reads. */
final class ForeignDatabase {

    private static final JsonWriterSettings EXTENDED =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final String DEFAULT_NAME = "keptn";
    private static final int SECONDS_TO_FIND_IT = 10;

    private final MongoClientSettings settings;
    private final String name;

    /** @throws ApiException 400, when it is no connection string */
    ForeignDatabase(String uri, String database) {
        try {
            ConnectionString parsed = new ConnectionString(String.valueOf(uri));
            name = database != null ? database : parsed.getDatabase() != null ? parsed.getDatabase() : DEFAULT_NAME;
            settings = MongoClientSettings.builder()
                    .applyConnectionString(parsed)
                    .applyToClusterSettings(
                            cluster -> cluster.serverSelectionTimeout(SECONDS_TO_FIND_IT, TimeUnit.SECONDS))
                    .build();
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("uri must be a connection string of MongoDB, mongodb://…");
        }
    }

    List<String> collections() {
        return read(client -> client.getDatabase(name).listCollectionNames().into(new ArrayList<>()));
    }

    /** Each document in Extended JSON, in the order in which they were stored. */
    void forEachLine(String collection, Consumer<String> line) {
        read(client -> {
            try (MongoCursor<RawBsonDocument> cursor = client.getDatabase(name)
                    .getCollection(collection, RawBsonDocument.class)
                    .find()
                    .iterator()) {
                cursor.forEachRemaining(document -> line.accept(document.toJson(EXTENDED)));
            }
            return null;
        });
    }

    private interface Reading<T> {
        T from(MongoClient client);
    }

    private <T> T read(Reading<T> reading) {
        try (MongoClient client = MongoClients.create(settings)) {
            return reading.from(client);
        } catch (MongoException e) {
            throw ApiException.badRequest(
                    "no database answers that can be read: it takes MongoDB 4.2 or newer, and the right user; "
                            + "collections exported by mongoexport can be imported from any");
        }
    }
}
