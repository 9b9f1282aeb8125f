package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.PackTiers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Merges packs when there are many, while the repository is read and written as ever. The packs that remain grow
 * geometrically, so an object is written again a few times only, however long its project lives.
 */
final class Packer {

    /** Looking costs something too. */
    private static final int LOOK_EVERY = 8;

    /** Larger packs, in bytes, may hold what is being streamed to a client, so they stay for a while. */
    private static final long MAY_BE_STREAMED = 64 * 1024;

    /** Walks where there are fewer objects are short. */
    private static final int WORTH_A_GRAPH = 1_000;

    /** Those of them that are commits are all in memory while a graph is written. */
    private static final int HEAP_PER_OBJECT = 400;

    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(Packer.class);

    private record Doomed(Path pack, long notBefore) {}

    private final Supplier<FileRepository> repositories;
    private final Executor background;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Queue<Doomed> doomed = new ConcurrentLinkedQueue<>();
    private int published;
    private long inGraph;

    /**
     * @param repositories opens the repository
     * @param background runs one repository at a time, so that packing never takes all of the machine
     */
    Packer(Supplier<FileRepository> repositories, Executor background) {
        this.repositories = repositories;
        this.background = background;
    }

    /** To be told of each publication; the calls must not overlap. */
    void written(FileRepository repository) {
        if (published++ % LOOK_EVERY != 0) {
            return;
        }
        int packs = candidates(repository).size();
        if (packs >= PackTiers.TOO_MANY) {
            merge();
        } else if (packs >= PackTiers.MANY && scheduled.compareAndSet(false, true)) {
            try {
                background.execute(() -> {
                    scheduled.set(false);
                    merge();
                    writeGraph();
                });
            } catch (RejectedExecutionException e) {
                // the service is shutting down; the next start looks again
            }
        }
    }

    private synchronized void merge() {
        work(this::merge);
    }

    /** Whenever a tenth has come to it. Merging does not wait for it, since the first one takes a while. */
    private void writeGraph() {
        work(repository -> {
            long objects = repository.getObjectDatabase().getPacks().stream()
                    .mapToLong(PackMerge::count)
                    .sum();
            long most = Runtime.getRuntime().maxMemory() / HEAP_PER_OBJECT;
            if (objects >= WORTH_A_GRAPH && objects >= inGraph + inGraph / 10 && objects <= most) {
                CommitGraphFile.write(repository);
                inGraph = objects;
            }
        });
    }

    @FunctionalInterface
    private interface Work {
        void on(FileRepository repository) throws IOException;
    }

    private void work(Work work) {
        try (FileRepository repository = repositories.get()) {
            work.on(repository);
        } catch (GitException e) {
            // the project is gone
        } catch (IOException | RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) { // the service is not shutting down
                LOG.warnf(e, "event=packing-failed");
            }
        }
    }

    private void merge(FileRepository repository) throws IOException {
        long start = System.nanoTime();
        deleteDoomed();
        List<Pack> all = candidates(repository);
        List<Pack> merged = PackTiers.select(all, PackMerge::count);
        if (all.size() < PackTiers.MANY || merged.size() < 2) {
            return;
        }
        Path pack = PackMerge.write(repository, merged);
        repository.openPack(pack.toFile());
        for (Pack old : merged) {
            if (!pathOf(old).equals(pack)) {
                doom(pathOf(old));
            }
        }
        deleteDoomed();
        candidates(repository); // looks at the folder again
        LOG.debugf(
                "event=packed repository=%s packs=%d of=%d ms=%d",
                repository, merged.size(), all.size(), (System.nanoTime() - start) / 1_000_000);
    }

    /** The mark is for the next process: were this one killed again and again, packs would be merged and never deleted. */
    private void doom(Path pack) throws IOException {
        long grace = 0;
        if (mayBeStreamed(pack)) {
            grace = GRACE.toNanos();
            Files.write(PackFiles.mergedMarkOf(pack), new byte[0]);
        }
        doomed.add(new Doomed(pack, System.nanoTime() + grace));
    }

    private static boolean mayBeStreamed(Path pack) throws IOException {
        try {
            return Files.size(pack) >= MAY_BE_STREAMED;
        } catch (NoSuchFileException e) {
            return false; // another process has merged it as well
        }
    }

    private void deleteDoomed() throws IOException {
        for (Doomed old : List.copyOf(doomed)) {
            if (System.nanoTime() - old.notBefore >= 0) {
                PackFiles.delete(old.pack);
                doomed.remove(old);
            }
        }
    }

    private List<Pack> candidates(FileRepository repository) {
        return PackTiers.candidates(repository.getObjectDatabase().getPacks(), PackMerge::count).stream()
                .filter(pack -> doomed.stream().noneMatch(old -> old.pack.equals(pathOf(pack))))
                .toList();
    }

    private static Path pathOf(Pack pack) {
        return pack.getPackFile().toPath();
    }
}
