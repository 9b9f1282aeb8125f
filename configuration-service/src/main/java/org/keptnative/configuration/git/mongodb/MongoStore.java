package org.keptnative.configuration.git.mongodb;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.Document;
import org.eclipse.jgit.internal.storage.dfs.DfsBlockCache;
import org.eclipse.jgit.internal.storage.dfs.DfsBlockCacheConfig;
import org.eclipse.jgit.internal.storage.dfs.DfsText;
import org.eclipse.jgit.lib.ObjectId;
import org.keptnative.configuration.git.IsolatedSystemReader;
import org.keptnative.configuration.git.OpenRepositories;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.RepositoryStore;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Repositories in one collection of MongoDB, for any number of processes. The document of a repository has its refs and
 * lists its packs; whoever replaces a version of it by the next one has changed the repository. Packs are written before,
 * by the same command, which is why they are in the same collection. No transactions are needed.
 */
// JGit reads the texts of its errors by reflection.
@RegisterForReflection(targets = DfsText.class)
public final class MongoStore implements RepositoryStore {

    private static final String COLLECTION = "git";

    /** What is done in the background may take longer than a request. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static boolean cacheConfigured;

    private final MongoDatabase database;
    private final Repositories repositories;
    private final Chunks chunks;
    private final Chunks patientChunks;
    private final OpenRepositories openRepositories;
    private final MongoBackground background;

    public MongoStore(MongoDatabase database) {
        this(database, OpenRepositories.limitOf(Runtime.getRuntime().maxMemory()));
    }

    /** @param openRepositories of how many repositories the version that was seen last stays in memory */
    public MongoStore(MongoDatabase database, int openRepositories) {
        this(database, openRepositories, MongoBackground.GRACE);
    }

    MongoStore(MongoDatabase database, int openRepositories, Duration grace) {
        IsolatedSystemReader.install();
        long heap = Runtime.getRuntime().maxMemory();
        configureCache(heap / 16);
        this.database = database;
        MongoCollection<Document> collection =
                database.getCollection(COLLECTION).withReadPreference(ReadPreference.primary());
        MongoCollection<Document> patient = collection.withTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        repositories = new Repositories(collection);
        chunks = new Chunks(collection, heap / 64);
        patientChunks = new Chunks(patient, heap / 64);
        this.openRepositories = new OpenRepositories(openRepositories);
        background = new MongoBackground(grace);
        background.everyHour(new Sweeper(new Repositories(patient), patientChunks, Sweeper.LEASE)::sweep);
    }

    /** There is one cache in a process. */
    private static synchronized void configureCache(long bytes) {
        if (!cacheConfigured) {
            cacheConfigured = true;
            DfsBlockCache.reconfigure(new DfsBlockCacheConfig()
                    .setBlockSize(Chunks.SIZE)
                    .setBlockLimit(Math.max(bytes, 16L * Chunks.SIZE)));
        }
    }

    @Override
    public List<String> names() {
        return repositories.projects();
    }

    @Override
    public boolean exists(String name) {
        return repositories.version(Repositories.ofProject(name)) != null;
    }

    @Override
    public Optional<ProjectRepository> open(String name) {
        return exists(name) ? Optional.of(repository(Repositories.ofProject(name))) : Optional.empty();
    }

    @Override
    public Unplaced create() {
        RepositoryState empty = RepositoryState.empty();
        String id = Repositories.unplaced(empty);
        repositories.insert(id, empty);
        StoredProjectRepository repository = repository(id);
        return new Unplaced() {
            private boolean placed;

            @Override
            public ProjectRepository repository() {
                return repository;
            }

            @Override
            public boolean place(String name) {
                Sweeper.checkYoung(empty.repository());
                placed = true; // as long as it is not certain that it is not
                placed = repositories.insert(Repositories.ofProject(name), repository.state());
                return placed;
            }

            @Override
            public void close() {
                repository.close();
                repositories.remove(id);
                if (!placed) {
                    // Large ones take a while.
                    background.soon(() -> patientChunks.deleteAllOf(empty.repository()));
                }
            }
        };
    }

    @Override
    public Map<String, ObjectId> delete(String name) {
        RepositoryState gone = repositories.remove(Repositories.ofProject(name));
        if (gone == null) {
            return Map.of();
        }
        // Whoever reads it at this moment, here or elsewhere, reads on.
        background.afterGrace(() -> patientChunks.deleteAllOf(gone.repository()));
        return gone.refs();
    }

    @Override
    public boolean isReady() {
        try {
            database.runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }

    @Override
    public void close() {
        background.close();
    }

    private StoredProjectRepository repository(String id) {
        return new StoredProjectRepository(id, repositories, chunks, openRepositories, background);
    }
}
