package org.keptnative.configuration.git.mongodb;

import com.mongodb.MongoException;
import org.eclipse.jgit.internal.storage.dfs.DfsPackFile;
import org.eclipse.jgit.internal.storage.dfs.DfsReader;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.ObjectId;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.MergedPack;
import org.keptnative.configuration.git.PackTiers;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Merges packs when there are many, while the repository is read and written as ever, here and elsewhere. What was merged
 * goes later, since an older version may still be read.
 */
final class Compactor {

    private static final Logger LOG = Logger.getLogger(Compactor.class);

    /** Where it works when nobody waits. */
    interface Background {

        /** One repository at a time, so that merging never takes all of the machine. */
        void soon(Runnable task);

        /** When nobody reads any more what a version had that is replaced now. */
        void afterGrace(Runnable task);
    }

    private final StoredProjectRepository repository;
    private final Chunks chunks;
    private final Background background;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Compactor(StoredProjectRepository repository, Chunks chunks, Background background) {
        this.repository = repository;
        this.chunks = chunks;
        this.background = background;
    }

    /** To be told of each publication. */
    void written(RepositoryState state) {
        int packs = candidates(state).size();
        if (packs >= PackTiers.TOO_MANY) {
            merge();
        } else if (packs >= PackTiers.MANY && scheduled.compareAndSet(false, true)) {
            background.soon(() -> {
                scheduled.set(false);
                merge();
            });
        }
    }

    private synchronized void merge() {
        try (StoredRepository current = repository.open()) {
            merge(current);
        } catch (GitException e) {
            // the project is gone
        } catch (IOException | MongoException e) {
            LOG.warnf(e, "event=packing-failed repository=%s", repository.id());
        }
    }

    private void merge(StoredRepository current) throws IOException {
        List<StoredPack> all = candidates(current.state());
        List<StoredPack> merged = PackTiers.select(all, StoredPack::objects);
        if (all.size() < PackTiers.MANY || merged.size() < 2) {
            return;
        }
        String owner = current.state().repository();
        PackWriting writing = new PackWriting(chunks, owner);
        StoredPack pack;
        try {
            pack = write(current, merged, writing);
        } catch (IOException | RuntimeException e) {
            writing.undo();
            throw e;
        }
        if (repository.replace(merged, pack, writing.rest())) {
            background.afterGrace(() -> merged.forEach(former -> chunks.delete(owner, former.id(), former.chunks())));
            LOG.debugf("event=packed repository=%s packs=%d of=%d", repository.id(), merged.size(), all.size());
        } else {
            writing.undo();
        }
    }

    private static StoredPack write(StoredRepository current, List<StoredPack> merged, PackWriting writing)
            throws IOException {
        try (DfsReader reader = current.getObjectDatabase().newReader();
                MergedPack pack = MergedPack.of(current, reader, objects(current, reader, merged))) {
            pack.writePack(writing.stream());
            long bytes = writing.length();
            pack.writeIndex(writing.stream());
            return new StoredPack(writing.id(), bytes, writing.length() - bytes, pack.objects());
        }
    }

    private static Set<ObjectId> objects(StoredRepository current, DfsReader reader, List<StoredPack> packs)
            throws IOException {
        Set<String> names =
                new LinkedHashSet<>(packs.stream().map(StoredPack::id).toList());
        Set<ObjectId> objects = new LinkedHashSet<>();
        for (DfsPackFile file : current.getObjectDatabase().getPacks()) {
            if (names.contains(((StoredObjects.Description) file.getPackDescription()).id())) {
                for (PackIndex.MutableEntry entry : file.getPackIndex(reader)) {
                    objects.add(entry.toObjectId());
                }
            }
        }
        return objects;
    }

    private static List<StoredPack> candidates(RepositoryState state) {
        return PackTiers.candidates(state.packs(), StoredPack::objects);
    }
}
