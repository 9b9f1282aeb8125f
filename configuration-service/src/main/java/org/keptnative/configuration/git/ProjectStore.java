package org.keptnative.configuration.git;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.configuration.error.ApiException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All projects: the bare repositories {@code <data directory>/<project>.git}. */
@Singleton
@Startup
public class ProjectStore {

    private static final String SUFFIX = ".git";

    private final Path directory;
    private final Remotes remotes;
    private final Set<String> inCreation = ConcurrentHashMap.newKeySet();
    private final Map<String, GitProject> open = new ConcurrentHashMap<>();
    private final TreeCache cache = new TreeCache(Runtime.getRuntime().maxMemory() / 16);
    private final ExecutorService disk = Executors.newFixedThreadPool(32);
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final FileLock ownership;

    public ProjectStore(@ConfigProperty(name = "configuration.data-dir") Path directory, Remotes remotes) {
        this.remotes = remotes;
        IsolatedSystemReader.install();
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            ownership = Leftovers.tryOwn(directory);
            Leftovers.remove(directory, ownership != null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PreDestroy
    void close() throws IOException {
        open.values().forEach(project -> project.close(() -> {}));
        disk.shutdown();
        background.shutdownNow();
        Leftovers.disown(ownership);
    }

    public boolean exists(String project) {
        return find(project).isPresent();
    }

    /**
     * The stages of a project, in their order.
     *
     * @throws ApiException 404, when there is no such project
     */
    public List<String> stages(String project) {
        return get(project).stages();
    }

    /**
     * The names of the services of a stage, in the order of their creation.
     *
     * @throws ApiException 404, when there is no such project or stage
     */
    public List<String> services(String project, String stage) {
        return get(project).stage(stage).orElseThrow(() -> ApiException.notFound("Stage not found")).services().stream()
                .map(ServiceEntry::name)
                .toList();
    }

    public GitProject get(String project) {
        return find(project).orElseThrow(() -> ApiException.notFound("Project not found"));
    }

    public Optional<GitProject> find(String project) {
        return Names.isProject(project)
                ? Optional.ofNullable(open.computeIfAbsent(project, this::openIfPresent))
                : Optional.empty();
    }

    /** In the order of their creation. */
    public List<GitProject> all() {
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .flatMap(file -> find(file.substring(0, file.length() - SUFFIX.length())).stream())
                    .sorted(Comparator.comparing(
                                    GitProject::created, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
                            .thenComparing(GitProject::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates a project whole or not at all: it is built beside its place and then moved there.
     *
     * @param remote the upstream that it is to have from the beginning, or null
     * @param filling writes the first content; what it throws is thrown here, and nothing is left behind
     * @throws ApiException 400, when there is such a project already
     */
    public void create(String name, Remote remote, Consumer<GitProject> filling) {
        Path place = folder(Names.checkProject(name));
        if (Files.exists(place) || !inCreation.add(name)) {
            throw alreadyExists();
        }
        try {
            Path unfinished = Leftovers.newFolder(directory);
            try {
                GitProject project = open(name, init(unfinished), () -> Optional.ofNullable(remote));
                try {
                    filling.accept(project);
                } finally {
                    project.close(() -> {});
                }
                Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
                RefUpdates.fsync(directory);
            } finally {
                Leftovers.delete(unfinished);
            }
        } catch (IOException e) {
            throw Files.exists(place) ? alreadyExists() : new UncheckedIOException(e);
        } finally {
            inCreation.remove(name);
        }
    }

    /** Removes a project, if there is one. A crash in between leaves it whole, or gone. */
    public void delete(String name) {
        GitProject project = find(Names.checkProject(name)).orElse(null);
        if (project == null) {
            return;
        }
        project.close(() -> {
            try {
                if (open.get(name) != project) {
                    return; // somebody else has deleted it meanwhile
                }
                Path doomed = Leftovers.newName(directory);
                Files.move(folder(name), doomed, StandardCopyOption.ATOMIC_MOVE);
                open.remove(name);
                RefUpdates.fsync(directory);
                Leftovers.delete(doomed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private GitProject openIfPresent(String name) {
        Path folder = folder(name);
        return Files.isDirectory(folder) ? open(name, repository(folder), () -> remotes.of(name)) : null;
    }

    private GitProject open(String name, FileRepository repository, Supplier<Optional<Remote>> remote) {
        return new GitProject(name, repository, cache, disk, background, remote);
    }

    private Path folder(String name) {
        return directory.resolve(name + SUFFIX);
    }

    private static FileRepository init(Path folder) throws IOException {
        FileRepository repository = repository(folder);
        repository.create(true);
        return repository;
    }

    private static FileRepository repository(Path folder) {
        try {
            return new FileRepository(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiException alreadyExists() {
        return ApiException.badRequest("Project already exists");
    }
}
