package org.keptnative.configuration.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.jgit.lib.ObjectId;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What was derived from trees. A tree never changes, so nothing here is ever stale. */
// Caffeine finds the implementation by the first letters of what is asked of it.
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMW", "com.github.benmanes.caffeine.cache.PSMW"})
final class TreeCache {

    private static final int BYTES_PER_ITEM = 250;

    private record Key(ObjectId tree, String what) {}

    private final Cache<Key, List<?>> lists;

    /** @param maxBytes about how much memory the cache may take */
    TreeCache(long maxBytes) {
        lists = Caffeine.newBuilder()
                .maximumWeight(maxBytes / BYTES_PER_ITEM)
                .weigher((Key key, List<?> list) -> 2 + list.size())
                .build();
    }

    @SuppressWarnings("unchecked")
    <T> List<T> get(ObjectId tree, String what, Supplier<List<T>> derivation) {
        return (List<T>) lists.get(new Key(tree.copy(), what), key -> List.copyOf(derivation.get()));
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
