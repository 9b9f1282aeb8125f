package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A pack, or its index, as JGit reads it. */
final class PackChannel implements ReadableChannel {

    /** Reads one piece. */
    @FunctionalInterface
    interface Pieces {
        byte[] read(int number) throws IOException;
    }

    private final Pieces pieces;
    private final long start;
    private final long size;
    private long position;
    private int number = -1;
    private byte[] piece;

    /**
     * @param start where it begins in the pieces, in bytes
     * @param size in bytes
     */
    PackChannel(Pieces pieces, long start, long size) {
        this.pieces = pieces;
        this.start = start;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (position >= size) {
            return -1;
        }
        long place = start + position;
        int wanted = (int) (place / Chunks.SIZE);
        if (wanted != number) {
            piece = pieces.read(wanted);
            number = wanted;
        }
        int offset = (int) (place % Chunks.SIZE);
        int part = (int) Math.min(Math.min(piece.length - offset, size - position), to.remaining());
        to.put(piece, offset, part);
        position += part;
        return part;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void position(long newPosition) {
        position = newPosition;
    }

    @Override
    public long size() {
        return size;
    }

    /** So that JGit asks for each piece once. */
    @Override
    public int blockSize() {
        return Chunks.SIZE;
    }

    @Override
    public void setReadAheadBytes(int bytes) {
        // A piece is what is read ahead.
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
