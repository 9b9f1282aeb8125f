package org.keptnative.configuration.git.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.NewObject;
import org.keptnative.configuration.git.OpenRepositories;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.RepositoryStore;
import org.keptnative.configuration.git.StoreKind;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A project in the database, and two processes that have it. Refs lead to blobs here, for brevity. */
@Timeout(120)
abstract class MongoStoreFixture {

    static final String REF = Constants.R_HEADS + "dev";
    static final Duration NO_TIME = Duration.ZERO;

    @TempDir
    Path directory;

    MongoDatabase database;
    MongoCollection<Document> documents;
    MongoStore store;
    MongoStore other;

    @BeforeEach
    void open() throws IOException {
        database = StoreKind.database(directory);
        documents = database.getCollection("git");
        store = new MongoStore(database, 10, NO_TIME);
        other = new MongoStore(database, 10, NO_TIME);
        place();
    }

    void place() throws IOException {
        try (RepositoryStore.Unplaced unplaced = store.create()) {
            assertThat(unplaced.place("shop")).isTrue();
        }
    }

    @AfterEach
    void close() {
        store.close();
        other.close();
        database.drop();
    }

    ProjectRepository repository(MongoStore from) {
        return from.open("shop").orElseThrow();
    }

    StoredProjectRepository direct(Compactor.Background background) {
        return new StoredProjectRepository(
                Repositories.ofProject("shop"),
                new Repositories(documents),
                new Chunks(documents, 1000),
                new OpenRepositories(10),
                background);
    }

    /** Never, as a process that is busy. */
    static Compactor.Background later() {
        return new Compactor.Background() {
            @Override
            public void soon(Runnable task) {}

            @Override
            public void afterGrace(Runnable task) {}
        };
    }

    RepositoryState state() {
        return new Repositories(documents).read(Repositories.ofProject("shop"));
    }

    static ObjectId head(ProjectRepository repository) throws IOException {
        try (Repository opened = repository.open()) {
            return opened.exactRef(REF) == null
                    ? ObjectId.zeroId()
                    : opened.exactRef(REF).getObjectId();
        }
    }

    static ObjectId write(ProjectRepository repository, ObjectId from, String content) throws IOException {
        assertThat(repository.publish(batch(from, content))).isTrue();
        return blob(content).id();
    }

    static Batch batch(ObjectId from, String content) {
        NewObject object = blob(content);
        return new Batch(List.of(object), List.of(), List.of(new ReceiveCommand(from, object.id(), REF)));
    }

    static NewObject blob(String content) {
        return NewObject.of(Constants.OBJ_BLOB, content.getBytes(UTF_8));
    }

    static String read(Repository repository, ObjectId id) throws IOException {
        return new String(repository.open(id).getCachedBytes(), UTF_8);
    }
}
