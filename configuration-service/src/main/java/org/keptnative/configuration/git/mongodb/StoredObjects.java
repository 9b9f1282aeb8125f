package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.ObjectId;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The objects of one version of a repository. JGit does not look for newer packs when it misses an object, so another
 * version gets another one of these.
 */
class StoredObjects extends DfsObjDatabase {

    /** What JGit knows of a pack. */
    static final class Description extends DfsPackDescription {

        private final String id;

        Description(StoredRepository repository, String id, PackSource source) {
            super(repository.getDescription(), id, source);
            this.id = id;
        }

        String id() {
            return id;
        }

        StoredPack pack() {
            return new StoredPack(id, getFileSize(PackExt.PACK), getFileSize(PackExt.INDEX), getObjectCount());
        }
    }

    final StoredRepository repository;
    final Chunks chunks;
    private final Runnable onMissing;

    /** @param onMissing told when a pack is not there any more */
    StoredObjects(StoredRepository repository, Chunks chunks, Runnable onMissing) {
        super(repository, StoredRepository.OPTIONS);
        this.repository = repository;
        this.chunks = chunks;
        this.onMissing = onMissing;
    }

    @Override
    protected List<DfsPackDescription> listPacks() {
        List<StoredPack> packs = repository.state().packs();
        List<DfsPackDescription> descriptions = new ArrayList<>(packs.size());
        for (int i = 0; i < packs.size(); i++) {
            descriptions.add(description(packs.get(i), i));
        }
        return descriptions;
    }

    /** @param order the larger, the earlier it is looked into */
    final Description description(StoredPack pack, int order) {
        Description description = new Description(repository, pack.id(), PackSource.INSERT);
        description.addFileExt(PackExt.PACK);
        description.addFileExt(PackExt.INDEX);
        description.setFileSize(PackExt.PACK, pack.bytes());
        description.setFileSize(PackExt.INDEX, pack.indexBytes());
        description.setBlockSize(PackExt.PACK, Chunks.SIZE);
        description.setObjectCount(pack.objects());
        description.setIndexVersion(2);
        description.setLastModified(order);
        return description;
    }

    @Override
    protected ReadableChannel openFile(DfsPackDescription description, PackExt extension) {
        StoredPack pack = ((Description) description).pack();
        PackChannel.Pieces pieces = number -> read(Chunks.id(repository.state().repository(), pack.id(), number));
        return extension == PackExt.PACK
                ? new PackChannel(pieces, 0, pack.bytes())
                : new PackChannel(pieces, pack.bytes(), pack.indexBytes());
    }

    private byte[] read(String piece) throws IOException {
        try {
            return chunks.read(piece);
        } catch (FileNotFoundException e) {
            onMissing.run();
            throw e;
        }
    }

    @Override
    protected DfsPackDescription newPack(PackSource source) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected DfsOutputStream writeFile(DfsPackDescription description, PackExt extension) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void commitPackImpl(Collection<DfsPackDescription> added, Collection<DfsPackDescription> replaced) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void rollbackPack(Collection<DfsPackDescription> packs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<ObjectId> getShallowCommits() {
        return Set.of();
    }

    @Override
    public long getApproximateObjectCount() {
        return repository.state().packs().stream()
                .mapToLong(StoredPack::objects)
                .sum();
    }
}
