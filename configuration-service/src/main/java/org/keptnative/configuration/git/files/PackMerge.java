package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes one pack of several. Every object stays, whether a branch leads to it or not. */
final class PackMerge {

    /** Between two packs that both stay, by number of objects. */
    private static final int FACTOR = 2;

    /** Fewer objects are copied as they are; more are worth to be compared with each other. */
    private static final int COMPARE_FROM = 4_000;

    /** About what an object takes while it is packed, in bytes. */
    private static final int BYTES_PER_OBJECT = 400;

    private static final long MOST = Runtime.getRuntime().maxMemory() / 8 / BYTES_PER_OBJECT;

    private PackMerge() {}

    @FunctionalInterface
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** The packs that may be merged: the largest ones stay, since merging needs memory for each object. */
    static List<Pack> candidates(Collection<Pack> packs) {
        return packs.stream().filter(pack -> count(pack) <= MOST / 2).toList();
    }

    /** The smallest packs, so many that each of those that stay is larger than all smaller ones together. */
    static List<Pack> select(List<Pack> candidates) {
        List<Pack> sorted = candidates.stream()
                .sorted(Comparator.comparingLong(PackMerge::count))
                .toList();
        return sorted.subList(0, split(sorted.stream().map(PackMerge::count).toList(), MOST));
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

    static Path write(FileRepository repository, List<Pack> packs) throws IOException {
        Set<ObjectId> ids = new LinkedHashSet<>();
        for (Pack pack : packs) {
            for (PackIndex.MutableEntry entry : pack) {
                ids.add(entry.toObjectId());
            }
        }
        PackConfig config = new PackConfig(repository);
        config.setIndexVersion(2);
        config.setDeltaCompress(ids.size() >= COMPARE_FROM);
        try (ObjectReader reader = repository.newObjectReader();
                RevWalk walk = new RevWalk(reader);
                PackWriter writer = new PackWriter(config, reader)) {
            writer.setDeltaBaseAsOffset(true);
            List<RevObject> objects = new ArrayList<>(ids.size());
            for (ObjectId id : ids) {
                objects.add(walk.lookupAny(id, reader.open(id).getType()));
            }
            writer.preparePack(objects.iterator());
            Path folder = repository.getObjectDatabase().getPackDirectory().toPath();
            Path content = Leftovers.newFile(folder, "pack");
            Path index = Leftovers.newFile(folder, "idx");
            try {
                write(
                        content,
                        out -> writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out));
                write(index, writer::writeIndex);
                Path pack = folder.resolve("pack-" + checksum(content) + ".pack");
                Files.move(content, pack, StandardCopyOption.ATOMIC_MOVE);
                Files.move(index, PackFiles.indexOf(pack), StandardCopyOption.ATOMIC_MOVE);
                PackFiles.fsync(folder);
                return pack;
            } finally {
                Files.deleteIfExists(content);
                Files.deleteIfExists(index);
            }
        }
    }

    private static void write(Path file, Writing writing) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile());
                OutputStream buffer = new BufferedOutputStream(out)) {
            writing.to(buffer);
            buffer.flush();
            out.getChannel().force(false);
        }
    }

    /** A pack ends with it. */
    private static String checksum(Path pack) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "r")) {
            byte[] checksum = new byte[Constants.OBJECT_ID_LENGTH];
            file.seek(file.length() - checksum.length);
            file.readFully(checksum);
            return ObjectId.fromRaw(checksum).name();
        }
    }

    private static long count(Pack pack) {
        try {
            return pack.getIndex().getObjectCount();
        } catch (IOException e) {
            return Long.MAX_VALUE; // it will be reported when it is read
        }
    }
}
