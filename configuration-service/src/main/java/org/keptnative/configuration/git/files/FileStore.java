package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.IsolatedSystemReader;
import org.keptnative.configuration.git.OpenRepositories;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.RepositoryStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The bare repositories {@code <data directory>/<project>.git}. */
public final class FileStore implements RepositoryStore {

    static final String SUFFIX = ".git";

    private static final Logger LOG = Logger.getLogger(FileStore.class);

    /** More than packing needs to notice that it is to end. */
    private static final int STOP_SECONDS = 10;

    private final Path directory;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final Executor threads = Executors.newCachedThreadPool(FileStore::daemon);
    private final FileLock ownership;
    private final OpenRepositories openRepositories;

    public FileStore(Path directory) {
        this(directory, OpenRepositories.limitOf(Runtime.getRuntime().maxMemory()));
    }

    /** @param openRepositories how many repositories stay open without being in use */
    public FileStore(Path directory, int openRepositories) {
        this.openRepositories = new OpenRepositories(openRepositories);
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

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "to-disk");
        thread.setDaemon(true);
        return thread;
    }

    /** A folder for unfinished work, which the next start removes should it be left behind. */
    public static Path newWorkspace(Path directory) throws IOException {
        return Leftovers.newFolder(Files.createDirectories(directory));
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .toList();
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.isDirectory(folder(name));
    }

    @Override
    public Optional<ProjectRepository> open(String name) {
        return exists(name)
                ? Optional.of(new FileProjectRepository(folder(name), openRepositories, background, threads))
                : Optional.empty();
    }

    @Override
    public Unplaced create() throws IOException {
        FileProjectRepository repository =
                new FileProjectRepository(Leftovers.newFolder(directory), openRepositories, background, threads);
        repository.init();
        return new Unplaced() {
            @Override
            public ProjectRepository repository() {
                return repository;
            }

            @Override
            public boolean place(String name) throws IOException {
                try {
                    Files.move(repository.folder(), folder(name), StandardCopyOption.ATOMIC_MOVE);
                } catch (FileSystemException e) {
                    if (Files.exists(folder(name))) {
                        return false;
                    }
                    throw e;
                }
                PackFiles.fsync(directory);
                return true;
            }

            @Override
            public void close() throws IOException {
                repository.close();
                Leftovers.delete(repository.folder());
            }
        };
    }

    @Override
    public Map<String, ObjectId> delete(String name) throws IOException {
        if (!Files.isDirectory(folder(name))) {
            return Map.of();
        }
        Path doomed = Leftovers.newName(directory);
        Files.move(folder(name), doomed, StandardCopyOption.ATOMIC_MOVE);
        PackFiles.fsync(directory);
        Map<String, ObjectId> refs = refs(doomed);
        Leftovers.delete(doomed);
        return refs;
    }

    /** None where they cannot be read: a broken project can be deleted like any other. */
    private static Map<String, ObjectId> refs(Path folder) {
        Map<String, ObjectId> refs = new HashMap<>();
        try (FileRepository repository = new FileRepository(folder.toFile())) {
            for (Ref ref : repository.getRefDatabase().getRefs()) {
                refs.put(ref.getName(), ref.getObjectId());
            }
        } catch (IOException e) {
            LOG.warnf("event=refs-unreadable reason=%s", e.getMessage());
        }
        return refs;
    }

    @Override
    public boolean isReady() {
        return Files.isWritable(directory);
    }

    @Override
    public void close() throws IOException {
        background.shutdownNow();
        try {
            // The next owner of the folder must find nobody at work in it.
            background.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Leftovers.disown(ownership);
    }

    private Path folder(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
