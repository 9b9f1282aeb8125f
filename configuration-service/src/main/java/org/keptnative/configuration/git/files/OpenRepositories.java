package org.keptnative.configuration.git.files;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Those repositories that stay open, since they were used last. Each has the indexes of its packs in memory, so the heap
 * decides how many they are.
 */
final class OpenRepositories {

    /** Many packs take a quarter of a MiB, and all repositories no more than a sixteenth of the heap. */
    private static final long HEAP_PER_REPOSITORY = 4 << 20;

    private final int limit;
    private final Set<FileProjectRepository> used = new LinkedHashSet<>();

    /** @param limit how many stay open without being in use */
    OpenRepositories(int limit) {
        this.limit = limit;
    }

    static int limitOf(long heap) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(8, heap / HEAP_PER_REPOSITORY));
    }

    /** To be told after each use; lets go of the one that was not used for the longest time. */
    void used(FileProjectRepository repository) {
        FileProjectRepository oldest = null;
        synchronized (used) {
            used.remove(repository);
            used.add(repository);
            if (used.size() > limit) {
                Iterator<FileProjectRepository> all = used.iterator();
                oldest = all.next();
                all.remove();
            }
        }
        if (oldest != null) {
            oldest.release();
        }
    }

    void forget(FileProjectRepository repository) {
        synchronized (used) {
            used.remove(repository);
        }
        repository.release();
    }
}
