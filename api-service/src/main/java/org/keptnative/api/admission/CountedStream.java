package org.keptnative.api.admission;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body to where it has too many values, since a short one takes more memory than its text. */
final class CountedStream extends FilterInputStream {

    /** What a value, or a name, takes of the memory beside its text, in bytes and at the most. */
    static final int VALUE = 128;

    private static final int VALUES_AT_ONCE = 1024;

    private final JsonValues values = new JsonValues();
    private final Share share;
    private long admitted = VALUES_AT_ONCE;

    CountedStream(InputStream in, Share share) {
        super(in);
        this.share = share;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        values.read(buffer, offset, Math.max(count, 0));
        while (values.count() > admitted) {
            share.grow(VALUES_AT_ONCE * VALUE);
            admitted += VALUES_AT_ONCE;
        }
        return count;
    }
}
