package org.keptnative.e2e.installation;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.bson.Document;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A database of its own: on the server of {@code MONGODB_CONNECTION_STRING}, else on an embedded one on disk. */
final class Database {

    private final String connectionString;
    private final String name = "e2e-" + UUID.randomUUID();
    private final ManagedProcess embedded; // null with a server of somebody else

    Database(Path folder) {
        String given = System.getenv("MONGODB_CONNECTION_STRING");
        if (given == null || given.isEmpty()) {
            int port = Ports.free();
            connectionString = "mongodb://127.0.0.1:" + port;
            embedded = new ManagedProcess(
                    "mongodb",
                    folder,
                    Packaged.embeddedMongo(folder.resolve("mongodb.mv"), port),
                    Map.of(),
                    Probe.tcp(port));
        } else {
            connectionString = given;
            embedded = null;
        }
    }

    void start() {
        if (embedded != null) {
            embedded.start();
            embedded.awaitReady();
        }
    }

    void kill() {
        if (embedded != null) {
            embedded.kill();
        }
    }

    Optional<ManagedProcess> process() {
        return Optional.ofNullable(embedded);
    }

    void empty(String collection) {
        try (MongoClient client = MongoClients.create(connectionString)) {
            client.getDatabase(name).getCollection(collection).deleteMany(new Document());
        }
    }

    /** @param id a regular expression */
    long count(String collection, String id) {
        try (MongoClient client = MongoClients.create(connectionString)) {
            return client.getDatabase(name).getCollection(collection).countDocuments(Filters.regex("_id", id));
        }
    }

    void close() {
        if (embedded != null) {
            embedded.stop();
            return;
        }
        try (MongoClient client = MongoClients.create(connectionString)) {
            client.getDatabase(name).drop();
        }
    }

    String connectionString() {
        return connectionString;
    }

    /** What the services have to be told. */
    Map<String, String> environment() {
        return Map.of("MONGODB_CONNECTION_STRING", connectionString, "MONGO_DB_NAME", name, "MONGODB_DATABASE", name);
    }
}
