package org.keptnative.configuration.transport;

import org.eclipse.jgit.lib.Constants;
import org.keptnative.configuration.admission.MemoryBudget.Share;
import org.keptnative.configuration.error.ApiException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Looks at a pack while JGit reads it, and ends it before JGit takes more memory than there is: for each object a little,
 * and all of a tree, a commit, and the two files that a delta is between. A file that comes whole costs nothing.
 * Format: gitformat-pack(5).
 */
final class PackGuard extends FilterInputStream {

    /** What is reserved counts twice, so this is about half of what JGit needs to index and to check an object. */
    private static final int BYTES_PER_OBJECT = 150;

    private static final int START = 12;
    private static final int ID = 20;

    /** In bytes: less of a pack is in memory anyway. */
    private static final int LARGE = 256 * 1024;

    /** How far a pack is. */
    interface Progress {

        /** More of it has come than nothing has to be done about. */
        void isLarge();

        /** The last byte of it has come. */
        void isWhole();
    }

    private enum Expected {
        COMMANDS,
        START,
        HEAD,
        BASE,
        CONTENT,
        CHECKSUM,
        END
    }

    private final Share memory;
    private final Progress progress;
    private final Inflater inflater = new Inflater();
    private final byte[] inflated = new byte[8192];
    private Expected expected = Expected.COMMANDS;
    private long rest;
    private long number;
    private long length;
    private int shift;
    private int type;
    private int deltaSizes;
    private long largest;
    private int size;

    /**
     * @param memory grows with what comes; to be kept until the pack is stored
     * @param progress is told before JGit goes on
     */
    PackGuard(InputStream in, Share memory, Progress progress) {
        super(in);
        this.memory = memory;
        this.progress = progress;
    }

    /** From here on it is a pack that is read. */
    void begin() {
        expect(Expected.START, START);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        if (expected != Expected.COMMANDS && expected != Expected.END && size < LARGE) {
            size += Math.max(0, read);
            if (size >= LARGE) {
                progress.isLarge();
            }
        }
        for (int at = offset, end = offset + read; at < end && expected != Expected.COMMANDS; ) {
            at = expected == Expected.CONTENT ? content(bytes, at, end) : framing(bytes[at++] & 0xff, at);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        super.close();
    }

    private int framing(int next, int at) throws IOException {
        switch (expected) {
            case START -> {
                // The last four bytes say how many objects there are.
                number = number << 8 | next;
                if (--rest == 0) {
                    rest = number & 0xffff_ffffL;
                    reserve(
                            rest * BYTES_PER_OBJECT,
                            "it has " + rest + " objects, so push a part of the history first");
                    number = rest;
                    nextObject();
                }
            }
            case HEAD -> {
                boolean first = shift == 0;
                if (first) {
                    type = next >> 4 & 7;
                }
                length |= (long) (next & (first ? 0x0f : 0x7f)) << shift;
                shift += first ? 4 : 7;
                if ((next & 0x80) == 0) {
                    headRead();
                } else if (shift > 56) {
                    throw new IOException("an object of the pack is too large");
                }
            }
            case BASE -> {
                boolean last = type == Constants.OBJ_REF_DELTA ? --rest == 0 : (next & 0x80) == 0;
                if (last) {
                    expected = Expected.CONTENT;
                }
            }
            case CHECKSUM -> {
                if (--rest == 0) {
                    expected = Expected.END;
                    progress.isWhole();
                }
            }
            default -> {
                // more than there may be, which JGit refuses
            }
        }
        return at;
    }

    private void nextObject() {
        if (number-- > 0) {
            length = 0;
            shift = 0;
            expect(Expected.HEAD, 0);
        } else {
            expect(Expected.CHECKSUM, ID);
        }
    }

    private void headRead() throws IOException {
        inflater.reset();
        boolean delta = type == Constants.OBJ_OFS_DELTA || type == Constants.OBJ_REF_DELTA;
        if (type != Constants.OBJ_BLOB) {
            reserveFor(length);
        }
        deltaSizes = delta ? 2 : 0;
        shift = 0;
        length = 0;
        expect(delta ? Expected.BASE : Expected.CONTENT, ID);
    }

    private int content(byte[] bytes, int from, int end) throws IOException {
        try {
            inflater.setInput(bytes, from, end - from);
            while (true) {
                int count = inflater.inflate(inflated);
                for (int i = 0; i < count && deltaSizes > 0; i++) {
                    deltaSize(inflated[i] & 0xff);
                }
                if (inflater.finished()) {
                    int at = end - inflater.getRemaining();
                    nextObject();
                    return at;
                }
                if (count == 0) {
                    return end;
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("the pack is corrupt");
        }
    }

    /** A delta begins with the sizes of what it is made from and of what it makes. */
    private void deltaSize(int next) throws IOException {
        length |= (long) (next & 0x7f) << shift;
        shift += 7;
        if ((next & 0x80) == 0) {
            reserveFor(length);
            deltaSizes--;
            length = 0;
            shift = 0;
        } else if (shift > 56) {
            throw new IOException("an object of the pack is too large");
        }
    }

    /** One object at a time is worked on, so the largest one counts. */
    private void reserveFor(long size) throws IOException {
        if (size > largest) {
            reserve(
                    size - largest,
                    "an object of " + size
                            + " bytes is no whole file; git -c core.bigFileThreshold=1m push sends whole ones");
            largest = size;
        }
    }

    private void reserve(long bytes, String why) throws IOException {
        try {
            if (!memory.grow(bytes)) {
                throw new IOException("the pack takes more memory than there is: " + why);
            }
        } catch (ApiException e) {
            throw new IOException(e.getMessage());
        }
    }

    private void expect(Expected what, int bytes) {
        expected = what;
        rest = bytes;
    }
}
