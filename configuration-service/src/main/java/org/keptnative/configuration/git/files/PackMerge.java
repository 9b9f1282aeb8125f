package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.keptnative.configuration.git.MergedPack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes one pack of several. */
final class PackMerge {

    private PackMerge() {}

    static Path write(FileRepository repository, List<Pack> packs) throws IOException {
        Set<ObjectId> ids = new LinkedHashSet<>();
        for (Pack pack : packs) {
            for (PackIndex.MutableEntry entry : pack) {
                ids.add(entry.toObjectId());
            }
        }
        try (ObjectReader reader = repository.newObjectReader();
                MergedPack merged = MergedPack.of(repository, reader, ids)) {
            Path folder = repository.getObjectDatabase().getPackDirectory().toPath();
            Path content = Leftovers.newFile(folder, "pack");
            Path index = Leftovers.newFile(folder, "idx");
            try {
                PackFiles.write(content, merged::writePack);
                PackFiles.write(index, merged::writeIndex);
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

    /** A pack ends with it. */
    private static String checksum(Path pack) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "r")) {
            byte[] checksum = new byte[Constants.OBJECT_ID_LENGTH];
            file.seek(file.length() - checksum.length);
            file.readFully(checksum);
            return ObjectId.fromRaw(checksum).name();
        }
    }

    static long count(Pack pack) {
        try {
            return pack.getIndex().getObjectCount();
        } catch (IOException e) {
            return Long.MAX_VALUE; // it will be reported when it is read
        }
    }
}
