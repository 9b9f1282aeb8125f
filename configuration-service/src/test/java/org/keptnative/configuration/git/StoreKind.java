package org.keptnative.configuration.git;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import org.bson.Document;
import org.keptnative.configuration.git.files.FileStore;
import org.keptnative.configuration.git.mongodb.MongoStore;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the tests of the stores run with. The folder of a test says which database is its own, on the server of
 * {@code MONGODB_CONNECTION_STRING}, else on one in this process.
 */
public enum StoreKind {
    FILES {
        @Override
        public RepositoryStore open(Path directory) {
            return new FileStore(directory);
        }

        @Override
        RepositoryStore open(Path directory, int openRepositories) {
            return new FileStore(directory, openRepositories);
        }
    },

    MONGODB {
        @Override
        public RepositoryStore open(Path directory) {
            return new MongoStore(database(directory));
        }

        @Override
        RepositoryStore open(Path directory, int openRepositories) {
            return new MongoStore(database(directory), openRepositories);
        }
    };

    /** A process more on the repositories of the test. */
    public abstract RepositoryStore open(Path directory);

    abstract RepositoryStore open(Path directory, int openRepositories);

    /** The database of a test. */
    public static MongoDatabase database(Path directory) {
        return Server.CLIENT.getDatabase("git-" + Integer.toHexString(directory.hashCode()));
    }

    /** How many packs a project has there. */
    public static int packs(Path directory, String project) {
        return database(directory)
                .getCollection("git")
                .find(new Document("_id", "project/" + project))
                .first()
                .getList("packs", Document.class)
                .size();
    }

    /** For another process. */
    public static String connectionString() {
        return Server.ADDRESS;
    }

    private static final class Server {

        static final String ADDRESS = address();
        static final MongoClient CLIENT = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(ADDRESS))
                .timeout(60, TimeUnit.SECONDS) // a busy machine is no failure
                .build());

        private static String address() {
            String given = System.getenv("MONGODB_CONNECTION_STRING");
            return given != null ? given : new MongoServer(new MemoryBackend()).bindAndGetConnectionString();
        }
    }
}
