package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.pack.PackExt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The objects of a repository and, in packs that it does not list, some more. */
final class QuarantinedObjects extends StoredObjects {

    private final Map<String, PackWriting> writings = new ConcurrentHashMap<>();
    private final List<StoredPack> added = new CopyOnWriteArrayList<>();

    QuarantinedObjects(StoredRepository repository, Chunks chunks) {
        super(repository, chunks, () -> {});
    }

    List<StoredPack> added() {
        return added;
    }

    @Override
    protected List<DfsPackDescription> listPacks() {
        List<DfsPackDescription> packs = new ArrayList<>(super.listPacks());
        added.forEach(pack -> packs.add(description(pack, packs.size())));
        return packs;
    }

    @Override
    protected DfsPackDescription newPack(PackSource source) {
        PackWriting writing = new PackWriting(chunks, repository.state().repository());
        writings.put(writing.id(), writing);
        return new Description(repository, writing.id(), source);
    }

    @Override
    protected DfsOutputStream writeFile(DfsPackDescription description, PackExt extension) {
        return writings.get(idOf(description)).stream();
    }

    @Override
    protected void commitPackImpl(Collection<DfsPackDescription> packs, Collection<DfsPackDescription> replaced) {
        for (DfsPackDescription pack : packs) {
            writings.remove(idOf(pack)).finish();
            added.add(((Description) pack).pack());
        }
        clearCache();
    }

    @Override
    protected void rollbackPack(Collection<DfsPackDescription> packs) {
        for (DfsPackDescription pack : packs) {
            PackWriting writing = writings.remove(idOf(pack));
            if (writing != null) {
                writing.undo();
            }
        }
    }

    void discard() {
        writings.values().forEach(PackWriting::undo);
        added.forEach(pack -> chunks.delete(repository.state().repository(), pack.id(), pack.chunks()));
    }

    private static String idOf(DfsPackDescription description) {
        return ((Description) description).id();
    }
}
