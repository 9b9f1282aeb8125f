package org.keptnative.configuration.git;

import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One pack of what was in several. Every object stays, whether a branch leads to it or not. */
public final class MergedPack implements AutoCloseable {

    /** Fewer objects are copied as they are; more are worth to be compared with each other. */
    private static final int COMPARE_FROM = 4_000;

    /** For the objects that one is compared with, in bytes: ten as a rule, fewer large ones, which cost more time too. */
    private static final int COMPARED = 2 << 20;

    private final PackWriter writer;

    private MergedPack(PackWriter writer) {
        this.writer = writer;
    }

    /** @param reader to be closed by the caller, after this */
    public static MergedPack of(Repository repository, ObjectReader reader, Set<ObjectId> ids) throws IOException {
        PackConfig config = new PackConfig(repository);
        config.setIndexVersion(2);
        boolean compare = ids.size() >= COMPARE_FROM;
        config.setDeltaCompress(compare);
        // JGit takes what lies whole in any pack for compared already, unless it must not be copied.
        config.setReuseObjects(!compare);
        config.setDeltaSearchMemoryLimit(COMPARED);
        PackWriter writer = new PackWriter(config, reader);
        writer.setDeltaBaseAsOffset(true);
        try (RevWalk walk = new RevWalk(reader)) {
            List<RevObject> objects = new ArrayList<>(ids.size());
            for (ObjectId id : ids) {
                objects.add(walk.lookupAny(id, reader.open(id).getType()));
            }
            writer.preparePack(objects.iterator());
            return new MergedPack(writer);
        }
    }

    public long objects() throws IOException {
        return writer.getObjectCount();
    }

    public void writePack(OutputStream out) throws IOException {
        writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
    }

    /** After the pack itself. */
    public void writeIndex(OutputStream out) throws IOException {
        writer.writeIndex(out);
    }

    @Override
    public void close() {
        writer.close();
    }
}
