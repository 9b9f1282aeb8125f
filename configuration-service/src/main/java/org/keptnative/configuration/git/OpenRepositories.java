package org.keptnative.configuration.git;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Those repositories that stay open, since they were used last. Each has the indexes of its packs in memory, so the heap
 * decides how many they are.
 */
public final class OpenRepositories {

    /** What can be let go of: whoever needs it later opens it anew. */
    public interface Opened {
        void release();
    }

    /** Many packs take a quarter of a MiB, and all repositories no more than a sixteenth of the heap. */
    private static final long HEAP_PER_REPOSITORY = 4 << 20;

    private final int limit;
    private final Set<Opened> used = new LinkedHashSet<>();

    /** @param limit how many stay open without being in use */
    public OpenRepositories(int limit) {
        this.limit = limit;
    }

    public static int limitOf(long heap) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(8, heap / HEAP_PER_REPOSITORY));
    }

    /** To be told after each use; lets go of the one that was not used for the longest time. */
    public void used(Opened repository) {
        Opened oldest = null;
        synchronized (used) {
            used.remove(repository);
            used.add(repository);
            if (used.size() > limit) {
                Iterator<Opened> all = used.iterator();
                oldest = all.next();
                all.remove();
            }
        }
        if (oldest != null) {
            oldest.release();
        }
    }

    public void forget(Opened repository) {
        synchronized (used) {
            used.remove(repository);
        }
        repository.release();
    }
}
