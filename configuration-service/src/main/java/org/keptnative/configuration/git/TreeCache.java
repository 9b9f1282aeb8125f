package org.keptnative.configuration.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What was derived from objects of Git. An object never changes, so nothing here is ever stale. */
// Caffeine finds the implementation by the first letters of what is asked of it.
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMW", "com.github.benmanes.caffeine.cache.PSMW"})
final class TreeCache {

    /** About what a key, the list and the entry of the map take together. */
    private static final int BYTES_PER_LIST = 200;

    private static final int BYTES_PER_ITEM = 120;

    /** An item that knows how much memory it takes. */
    interface Sized {

        int bytes();
    }

    private record Key(ObjectId object, String what) {}

    private final Cache<Key, List<?>> lists;

    /** @param maxBytes about how much memory the cache may take */
    TreeCache(long maxBytes) {
        lists = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Key key, List<?> list) -> BYTES_PER_LIST
                        + list.stream()
                                .mapToInt(item -> item instanceof Sized sized ? sized.bytes() : BYTES_PER_ITEM)
                                .sum())
                .build();
    }

    /**
     * Derivations may ask for others; two that happen at once cost time only.
     *
     * @param object the tree, blob or commit that the list is derived from
     */
    @SuppressWarnings("unchecked")
    <T> List<T> get(AnyObjectId object, String what, Supplier<List<T>> derivation) {
        Key key = new Key(object.copy(), what);
        List<T> known = (List<T>) lists.getIfPresent(key);
        if (known != null) {
            return known;
        }
        List<T> derived = List.copyOf(derivation.get());
        lists.put(key, derived);
        return derived;
    }

    /** For a derivation that asks for those of other trees. */
    int count(ObjectId tree, IntSupplier derivation) {
        Key key = new Key(tree.copy(), "count");
        List<?> known = lists.getIfPresent(key);
        if (known == null) {
            known = List.of(derivation.getAsInt());
            lists.put(key, known);
        }
        return (int) known.get(0);
    }
}
