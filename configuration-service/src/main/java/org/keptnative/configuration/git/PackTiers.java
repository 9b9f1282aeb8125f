package org.keptnative.configuration.git;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Which packs are merged when there are many: those that stay grow geometrically. */
public final class PackTiers {

    /** A read costs nothing extra below about a hundred packs. */
    public static final int MANY = 40;

    /** From here on a writer merges packs itself, since the background cannot keep up. */
    public static final int TOO_MANY = 90;

    /** Between two packs that both stay, by number of objects. */
    private static final int FACTOR = 2;

    /** About what an object takes while it is packed, in bytes. */
    private static final int BYTES_PER_OBJECT = 400;

    private PackTiers() {}

    /** The packs that may be merged: the largest ones stay, since merging needs memory for each object. */
    public static <P> List<P> candidates(Collection<P> packs, ToLongFunction<P> objects) {
        return packs.stream()
                .filter(pack -> objects.applyAsLong(pack) <= most() / 2)
                .toList();
    }

    /** The smallest packs, so many that each of those that stay is larger than all smaller ones together. */
    public static <P> List<P> select(List<P> candidates, ToLongFunction<P> objects) {
        List<P> sorted =
                candidates.stream().sorted(Comparator.comparingLong(objects)).toList();
        return sorted.subList(0, split(sorted.stream().map(objects::applyAsLong).toList(), most()));
    }

    /** Asked each time, since an executable learns its heap only when it runs. */
    private static long most() {
        return Runtime.getRuntime().maxMemory() / 8 / BYTES_PER_OBJECT;
    }

    /**
     * @param counts ascending
     * @return how many of the first are to become one
     */
    static int split(List<Long> counts, long most) {
        int split = counts.size();
        while (split > 1 && counts.get(split - 1) >= FACTOR * counts.get(split - 2)) {
            split--;
        }
        if (split <= 1) {
            return 0;
        }
        long total = 0;
        int merged = 0;
        while (merged < counts.size()
                && (merged < split || counts.get(merged) < FACTOR * total)
                && total + counts.get(merged) <= most) {
            total += counts.get(merged++);
        }
        return merged;
    }
}
