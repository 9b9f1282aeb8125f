package org.keptnative.configuration.git;

import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A pack with its index, in memory.
 *
 * @param name 40 hexadecimal digits: the checksum of the content
 * @param pack the content in pieces, so that large objects are not copied
 */
public record PackBytes(String name, List<ByteBuffer> pack, byte[] index) {

    private static final int VERSION = 2;

    /** Format: gitformat-pack(5). No deltas: packing makes them later, in the background. */
    public static PackBytes of(Collection<NewObject> objects) {
        MessageDigest checksum = Constants.newMessageDigest();
        List<ByteBuffer> pack = new ArrayList<>(2 * objects.size() + 2);
        List<PackedObjectInfo> entries = new ArrayList<>(objects.size());
        byte[] start = ByteBuffer.allocate(12)
                .put(Constants.PACK_SIGNATURE)
                .putInt(VERSION)
                .putInt(objects.size())
                .array();
        append(start, pack, checksum);
        long offset = start.length;
        for (NewObject object : objects) {
            byte[] head = head(object);
            CRC32 crc = new CRC32();
            crc.update(head);
            crc.update(object.deflated());
            PackedObjectInfo entry = new PackedObjectInfo(object.id());
            entry.setOffset(offset);
            entry.setCRC((int) crc.getValue());
            entries.add(entry);
            append(head, pack, checksum);
            append(object.deflated(), pack, checksum);
            offset += head.length + object.deflated().length;
        }
        byte[] digest = checksum.digest();
        pack.add(ByteBuffer.wrap(digest));
        return new PackBytes(ObjectId.fromRaw(digest).name(), pack, index(entries, digest));
    }

    private static void append(byte[] piece, List<ByteBuffer> pack, MessageDigest checksum) {
        checksum.update(piece);
        pack.add(ByteBuffer.wrap(piece));
    }

    /** Type and size: four bits of the size beside the type, then seven a byte. */
    private static byte[] head(NewObject object) {
        ByteArrayOutputStream head = new ByteArrayOutputStream(5);
        int rest = object.size() >>> 4;
        head.write((rest > 0 ? 0x80 : 0) | object.type() << 4 | object.size() & 0x0f);
        for (; rest > 0; rest >>>= 7) {
            head.write((rest > 0x7f ? 0x80 : 0) | rest & 0x7f);
        }
        return head.toByteArray();
    }

    private static byte[] index(List<PackedObjectInfo> entries, byte[] checksum) {
        ByteArrayOutputStream index = new ByteArrayOutputStream(1100 + 28 * entries.size());
        try {
            entries.sort(null);
            BasePackIndexWriter.createVersion(index, 2).write(entries, checksum);
            return index.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
