package org.keptnative.configuration.git.mongodb;

import com.mongodb.MongoException;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.GitException;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Removes what a crash has left: packs that no repository lists, also those of projects that were deleted, and
 * repositories that never got their name. What is young may be on its way to being listed, as long as its repository is
 * there; what was listed when it was looked at before may still be read.
 */
final class Sweeper {

    /** After half of it nothing can be listed any more; the other half is for clocks that differ. */
    static final Duration LEASE = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private final Repositories repositories;
    private final Chunks chunks;
    private final Duration lease;
    private Map<String, Set<String>> suspects = Map.of();

    Sweeper(Repositories repositories, Chunks chunks, Duration lease) {
        this.repositories = repositories;
        this.chunks = chunks;
        this.lease = lease;
    }

    /**
     * @param id of what is about to be listed
     * @throws GitException when it is so old that it may be gone already
     */
    static void checkYoung(String id) {
        if (Ids.age(id).compareTo(LEASE.dividedBy(2)) > 0) {
            throw GitException.busy("it has taken too long; nothing was changed");
        }
    }

    /** Looks at all there is, so it belongs into the background. The calls must be further apart than a read is long. */
    synchronized void sweep() {
        try {
            Map<String, String> placed = new HashMap<>();
            Set<String> listed = new HashSet<>();
            Set<String> abandoned = new HashSet<>();
            Set<String> present = new HashSet<>();
            repositories.forEach((id, state) -> {
                present.add(state.repository());
                state.packs().forEach(pack -> listed.add(pack.id()));
                if (repositories.isPlaced(id)) {
                    placed.put(state.repository(), id);
                } else if (isOld(state.repository())) {
                    abandoned.add(id);
                }
            });
            Map<String, Set<String>> unlisted = new HashMap<>();
            chunks.forEach((repository, pack) -> {
                if (!listed.contains(pack) && (isOld(pack) || !present.contains(repository))) {
                    unlisted.computeIfAbsent(repository, any -> new HashSet<>()).add(pack);
                }
            });
            abandoned.forEach(repositories::remove);
            suspects.forEach((repository, packs) -> {
                packs.retainAll(unlisted.getOrDefault(repository, Set.of()));
                if (!packs.isEmpty()) {
                    remove(repository, placed.get(repository), packs);
                }
            });
            suspects = unlisted;
        } catch (MongoException e) {
            LOG.warnf("event=sweeping-failed reason=%s", e.getClass().getSimpleName());
        }
    }

    /** @param id of the document; null when the repository is gone */
    private void remove(String repository, String id, Set<String> packs) {
        RepositoryState now = id == null ? null : repositories.fence(id);
        if (now != null) {
            now.packs().forEach(pack -> packs.remove(pack.id()));
        }
        packs.forEach(pack -> chunks.deleteAllOf(repository, pack));
        LOG.infof("event=leftovers-removed repository=%s packs=%d", repository, packs.size());
    }

    private boolean isOld(String id) {
        return Ids.age(id).compareTo(lease) > 0;
    }
}
