package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.keptnative.configuration.git.PackBytes;
import org.keptnative.configuration.git.mongodb.Chunks.Chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pack on its way into the database: first the pack itself, then its index. Takes no more memory than a slice. */
final class PackWriting {

    /** So many pieces are sent at once: 8 MiB. */
    private static final int SLICE = 8 * 1024 * 1024 / Chunks.SIZE;

    private static final int START = 8 * 1024;

    private final Chunks chunks;
    private final String repository;
    private final String id = Ids.next();
    private final List<Chunk> waiting = new ArrayList<>();
    private int complete;
    private byte[] current = new byte[START];
    private int filled;

    PackWriting(Chunks chunks, String repository) {
        this.chunks = chunks;
        this.repository = repository;
    }

    String id() {
        return id;
    }

    /** @param objects how many it has */
    StoredPack write(PackBytes pack, int objects) {
        for (ByteBuffer piece : pack.pack()) {
            write(piece.array(), piece.arrayOffset(), piece.limit());
        }
        long bytes = length();
        write(pack.index(), 0, pack.index().length);
        return new StoredPack(id, bytes, length() - bytes, objects);
    }

    void write(byte[] bytes, int offset, int length) {
        int written = 0;
        while (written < length) {
            int part = Math.min(length - written, Chunks.SIZE - filled);
            if (current.length < filled + part) {
                current = Arrays.copyOf(current, Math.min(Chunks.SIZE, Math.max(filled + part, 2 * current.length)));
            }
            System.arraycopy(bytes, offset + written, current, filled, part);
            filled += part;
            written += part;
            if (filled == Chunks.SIZE) {
                endPiece();
                if (waiting.size() == SLICE) {
                    flush();
                }
            }
        }
    }

    /** In bytes. */
    long length() {
        return (long) complete * Chunks.SIZE + filled;
    }

    /** The pieces at the end that are not in the database yet; nothing can be written after them. */
    List<Chunk> rest() {
        if (filled > 0) {
            endPiece();
        }
        return waiting;
    }

    void finish() {
        rest();
        flush();
    }

    /** Removes what has been written. */
    void undo() {
        chunks.delete(repository, id, complete);
    }

    /** For JGit, which writes a pack and its index one after the other, and reads what it has written. */
    DfsOutputStream stream() {
        return new DfsOutputStream() {
            @Override
            public int blockSize() {
                return Chunks.SIZE;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                PackWriting.this.write(bytes, offset, length);
            }

            @Override
            public int read(long position, ByteBuffer to) throws IOException {
                return PackWriting.this.read(position, to);
            }
        };
    }

    private int read(long position, ByteBuffer to) throws IOException {
        int number = (int) (position / Chunks.SIZE);
        int offset = (int) (position % Chunks.SIZE);
        byte[] piece;
        int length;
        if (number == complete) {
            piece = current;
            length = filled;
        } else {
            int first = complete - waiting.size();
            piece = number >= first
                    ? waiting.get(number - first).bytes()
                    : chunks.read(Chunks.id(repository, id, number));
            length = piece.length;
        }
        int part = Math.min(length - offset, to.remaining());
        if (part <= 0) {
            return -1;
        }
        to.put(piece, offset, part);
        return part;
    }

    private void endPiece() {
        waiting.add(new Chunk(Chunks.id(repository, id, complete++), Arrays.copyOf(current, filled)));
        filled = 0;
    }

    private void flush() {
        chunks.write(waiting);
        waiting.clear();
    }
}
