package org.keptnative.configuration.git;

import com.mongodb.MongoException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** All projects. */
@Singleton
public class ProjectStore {

    private final RepositoryStore store;
    private final Publications publications;
    private final WriteSettings settings;
    private final Set<String> inCreation = ConcurrentHashMap.newKeySet();
    private final Map<String, GitProject> open = new ConcurrentHashMap<>();
    private final TreeCache cache = new TreeCache(Runtime.getRuntime().maxMemory() / 16);
    private final ExecutorService committers = Executors.newCachedThreadPool();

    @Inject
    ProjectStore(
            RepositoryStore store,
            Publications publications,
            @ConfigProperty(name = "configuration.author-name") String author,
            @ConfigProperty(name = "configuration.author-email") String email,
            @ConfigProperty(name = "configuration.write-deadline") Duration deadline) {
        this(
                store,
                publications,
                new WriteSettings(new Identity(author, email), deadline, WriteSettings.DEFAULT.maxWaiting()));
    }

    public ProjectStore(RepositoryStore store, Publications publications) {
        this(store, publications, WriteSettings.DEFAULT);
    }

    public ProjectStore(RepositoryStore store, Publications publications, WriteSettings settings) {
        this.store = store;
        this.publications = publications;
        this.settings = settings;
    }

    @PreDestroy
    public void close() throws IOException {
        committers.shutdown();
        open.values().forEach(GitProject::close);
        store.close();
    }

    public boolean exists(String project) {
        return Names.isProject(project) && store.exists(project);
    }

    /**
     * The stages of a project, in their order.
     *
     * @throws GitException 404, when there is no such project
     */
    public List<String> stages(String project) {
        return get(project).stages();
    }

    /**
     * The names of the services of a stage, in the order of their creation.
     *
     * @throws GitException 404, when there is no such project or stage
     */
    public List<String> services(String project, String stage) {
        return get(project).stage(stage).orElseThrow(() -> GitException.notFound("Stage not found")).services().stream()
                .map(ServiceEntry::name)
                .toList();
    }

    public GitProject get(String project) {
        return find(project).orElseThrow(ProjectStore::notFound);
    }

    /** As {@link #get}, in the newest state that its upstream has. */
    public GitProject fresh(String project) {
        return findFresh(project).orElseThrow(ProjectStore::notFound);
    }

    public Optional<GitProject> findFresh(String project) {
        Optional<GitProject> found = find(project);
        found.ifPresent(publications::refresh);
        return found;
    }

    public Optional<GitProject> find(String project) {
        return Names.isProject(project)
                ? Optional.ofNullable(open.computeIfAbsent(project, this::openIfPresent))
                : Optional.empty();
    }

    /** As {@link #find}, but not one that another process has deleted. */
    public Optional<GitProject> findPresent(String project) {
        return exists(project) ? find(project) : Optional.empty();
    }

    /** Those of all projects, in no particular order. */
    public List<String> names() {
        try {
            return store.names();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of their creation; one that cannot be read comes first, one that is being deleted does not. */
    public List<GitProject> all() {
        return names().stream()
                .flatMap(name -> find(name).stream())
                .flatMap(project -> Dated.of(project).stream())
                .sorted(Comparator.comparing(Dated::created, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
                        .thenComparing(dated -> dated.project().name()))
                .map(Dated::project)
                .toList();
    }

    private record Dated(GitProject project, Long created) {

        static Optional<Dated> of(GitProject project) {
            try {
                return Optional.of(new Dated(project, project.created()));
            } catch (GitException e) {
                return Optional.empty();
            } catch (MongoException e) {
                throw e; // all others would wait as long for it
            } catch (RuntimeException e) {
                return Optional.of(new Dated(project, null));
            }
        }
    }

    /**
     * Creates a project whole or not at all: it is built beside its place and then moved there.
     *
     * @param publication decides about the first content
     * @param filling writes the first content; what it throws is thrown here, and nothing is left behind
     * @throws GitException when there is such a project already
     */
    public void create(String name, Publications publication, Consumer<GitProject> filling) {
        create(name, publication, filling, project -> {});
    }

    /**
     * As the other one.
     *
     * @param lost takes back what the filling has kept elsewhere, when another process has been faster with the name
     */
    public void create(String name, Publications publication, Consumer<GitProject> filling, Consumer<GitProject> lost) {
        Names.checkProject(name);
        if (exists(name) || !inCreation.add(name)) {
            throw alreadyExists();
        }
        try (RepositoryStore.Unplaced unplaced = store.create()) {
            GitProject project = open(name, unplaced.repository(), publication);
            try {
                filling.accept(project);
                if (!unplaced.place(name)) {
                    lost.accept(project);
                    throw alreadyExists();
                }
            } finally {
                project.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            inCreation.remove(name);
        }
    }

    /**
     * Removes a project, if there is one. A crash in between leaves it whole, or gone.
     *
     * @return where its refs were in the end
     */
    public Map<String, ObjectId> delete(String name) {
        Names.checkProject(name);
        find(name).ifPresent(GitProject::close);
        try {
            return store.delete(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Optional.ofNullable(open.remove(name)).ifPresent(GitProject::close);
        }
    }

    private GitProject openIfPresent(String name) {
        return store.open(name)
                .map(repository -> open(name, repository, publications))
                .orElse(null);
    }

    private GitProject open(String name, ProjectRepository repository, Publications publication) {
        return new GitProject(name, repository, publication, cache, committers, settings);
    }

    private static GitException notFound() {
        return GitException.notFound("Project not found");
    }

    private static GitException alreadyExists() {
        return new GitException(GitException.Reason.EXISTS, "Project already exists");
    }
}
