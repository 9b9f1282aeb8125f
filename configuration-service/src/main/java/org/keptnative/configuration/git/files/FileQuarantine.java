package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.keptnative.configuration.git.Quarantine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A folder of objects beside those of the project, which it takes for granted. */
final class FileQuarantine implements Quarantine {

    private final Path folder;
    private final Repository repository;
    private final AtomicInteger users = new AtomicInteger(1);

    /** @param project the folder of the project */
    FileQuarantine(Path project) throws IOException {
        folder = Leftovers.newFolder(project.resolve("objects"));
        repository = new FileRepositoryBuilder()
                .setBare()
                .setGitDir(project.toFile())
                .setObjectDirectory(folder.toFile())
                // With the dot it is a folder of objects; without it JGit would open the repository around it.
                .addAlternateObjectDirectory(
                        project.resolve("objects").resolve(".").toFile())
                .build();
        Files.createDirectories(folder.resolve("pack"));
    }

    @Override
    public Repository repository() {
        return repository;
    }

    /** Moves the packs to where the project has its own. JGit has brought their content to the disk. */
    void moveTo(FileRepository project) throws IOException {
        Path target = project.getObjectDatabase().getPackDirectory().toPath();
        List<Path> packs = packs();
        for (Path pack : packs) {
            Path place = target.resolve(pack.getFileName());
            Files.move(pack, place, StandardCopyOption.ATOMIC_MOVE);
            Files.move(PackFiles.indexOf(pack), PackFiles.indexOf(place), StandardCopyOption.ATOMIC_MOVE);
        }
        PackFiles.fsync(target);
        for (Path pack : packs) {
            project.openPack(target.resolve(pack.getFileName()).toFile());
        }
    }

    @Override
    public Quarantine share() {
        users.incrementAndGet();
        return this;
    }

    @Override
    public void close() {
        if (users.decrementAndGet() > 0) {
            return;
        }
        repository.close();
        try {
            Leftovers.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pack"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".pack"))
                    .toList();
        }
    }
}
