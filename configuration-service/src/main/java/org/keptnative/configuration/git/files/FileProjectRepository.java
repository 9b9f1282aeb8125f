package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.OpenRepositories;
import org.keptnative.configuration.git.PackBytes;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.Quarantine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/** A bare repository in a folder, open while somebody uses it, and as long as it is among those used last. */
class FileProjectRepository implements ProjectRepository, OpenRepositories.Opened {

    /** No process holds a lock of Git for so long, unless it was killed. */
    static final Duration STALE = Duration.ofMinutes(1);

    /** The pack of a larger batch, in bytes, is written before a branch is locked. */
    private static final long WRITTEN_SOON = 1024 * 1024;

    private final Path folder;
    private final OpenRepositories openRepositories;
    private final Executor threads;
    private final Packer packer;
    private FileRepository repository;
    private boolean closed;

    /**
     * @param background runs one packing at a time
     * @param threads for what goes to the disk at the same time
     */
    FileProjectRepository(Path folder, OpenRepositories openRepositories, Executor background, Executor threads) {
        this.folder = folder;
        this.openRepositories = openRepositories;
        this.threads = threads;
        this.packer = new Packer(this::open, background);
    }

    Path folder() {
        return folder;
    }

    @Override
    public FileRepository open() {
        FileRepository opened;
        synchronized (this) {
            if (closed || !Files.isDirectory(folder)) {
                throw GitException.notFound("Project not found");
            }
            if (repository == null) {
                repository = newRepository();
            }
            opened = repository;
            // JGit counts the users and closes after the last one.
            opened.incrementOpen();
        }
        openRepositories.used(this);
        return opened;
    }

    /** Closes it as soon as nobody uses it; whoever comes later opens it anew. */
    @Override
    public synchronized void release() {
        if (repository != null) {
            repository.close();
            repository = null;
        }
    }

    @Override
    public boolean publish(Batch batch) throws IOException {
        try (FileRepository opened = open()) {
            return publish(batch, opened);
        }
    }

    private boolean publish(Batch batch, FileRepository repository) throws IOException {
        for (Quarantine quarantine : batch.quarantines()) {
            ((FileQuarantine) quarantine).moveTo(repository);
        }
        boolean moved;
        try (RefUpdates refs = new RefUpdates(repository, batch.refs(), threads, isSmall(batch))) {
            if (!batch.objects().isEmpty()) {
                Path packs = repository.getObjectDatabase().getPackDirectory().toPath();
                repository.openPack(PackFiles.write(PackBytes.of(batch.objects()), packs, threads)
                        .toFile());
            }
            moved = refs.apply();
        }
        if (!moved) {
            Leftovers.removeLocks(folder, STALE);
        }
        packer.written(repository);
        return moved;
    }

    private static boolean isSmall(Batch batch) {
        return batch.objects().stream()
                        .mapToLong(object -> object.deflated().length)
                        .sum()
                <= WRITTEN_SOON;
    }

    @Override
    public Quarantine quarantine() throws IOException {
        return new FileQuarantine(folder);
    }

    @Override
    public void close() {
        synchronized (this) {
            // What comes to be at the same place is another one.
            closed = true;
        }
        openRepositories.forget(this);
    }

    void init() throws IOException {
        try (FileRepository created = newRepository()) {
            created.create(true);
        }
    }

    FileRepository newRepository() {
        try {
            return new FileRepository(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
