package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.PackBytes;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.Quarantine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A bare repository in a folder. */
final class FileProjectRepository implements ProjectRepository {

    /** No process holds a lock of Git for so long, unless it was killed. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private final FileRepository repository;
    private final Packer packer;
    private final AtomicBoolean closed = new AtomicBoolean();

    FileProjectRepository(Path folder, Executor background) throws IOException {
        repository = new FileRepository(folder.toFile());
        packer = new Packer(repository, background);
    }

    Path folder() {
        return repository.getDirectory().toPath();
    }

    @Override
    public Repository now() {
        if (!repository.getDirectory().isDirectory()) {
            throw GitException.notFound("Project not found");
        }
        return repository;
    }

    @Override
    public boolean publish(Batch batch) throws IOException {
        for (Quarantine quarantine : batch.quarantines()) {
            ((FileQuarantine) quarantine).moveTo(repository);
        }
        if (!batch.objects().isEmpty()) {
            Path packs = repository.getObjectDatabase().getPackDirectory().toPath();
            repository.openPack(
                    PackFiles.write(PackBytes.of(batch.objects()), packs).toFile());
        }
        boolean moved = batch.refs().isEmpty() || RefUpdates.apply(repository, batch.refs());
        if (!moved) {
            Leftovers.removeLocks(folder(), STALE);
        }
        packer.written();
        return moved;
    }

    @Override
    public Quarantine quarantine() throws IOException {
        return new FileQuarantine(folder());
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            repository.close();
        }
    }

    void init() throws IOException {
        repository.create(true);
    }
}
