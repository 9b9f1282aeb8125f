package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * An object that is in no repository yet, compressed as a pack has it.
 *
 * @param type one of JGit's {@link Constants}
 * @param size uncompressed, in bytes
 */
public record NewObject(ObjectId id, int type, int size, byte[] deflated) {

    private static final int BUFFER = 8192;

    /** Named and compressed by the caller's thread, so that nobody else waits for that. */
    public static NewObject of(int type, byte[] content) {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            return new NewObject(formatter.idFor(type, content), type, content.length, deflate(content));
        }
    }

    ObjectLoader loader() {
        return new ObjectLoader.SmallObject(type, content());
    }

    private byte[] content() {
        byte[] content = new byte[size];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            int length = 0;
            while (length < size) {
                length += inflater.inflate(content, length, size - length);
            }
            return content;
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(content.length + 64, BUFFER));
            byte[] buffer = new byte[Math.min(content.length + 64, BUFFER)];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
