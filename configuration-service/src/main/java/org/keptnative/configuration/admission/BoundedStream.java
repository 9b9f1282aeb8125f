package org.keptnative.configuration.admission;

import org.keptnative.configuration.error.BodyRefused;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body to where it becomes too large or, since a short value takes more memory than its text, has too many values. */
final class BoundedStream extends FilterInputStream {

    /** What a value, or a name, takes of the memory beside its text, in bytes and at the most. */
    static final int VALUE = 128;

    private static final int VALUES_AT_ONCE = 1024;

    private final JsonValues values = new JsonValues();
    private final Admission admission;
    private final long limit;
    private long read;
    private long admitted = VALUES_AT_ONCE;

    /**
     * @param limit in bytes
     * @param admission what the values are charged to; null when they are not kept
     */
    BoundedStream(InputStream in, long limit, Admission admission) {
        super(in);
        this.limit = limit;
        this.admission = admission;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        read += Math.max(count, 0);
        if (read > limit) {
            throw new BodyRefused(413, "the request body has more than " + limit + " bytes");
        }
        if (admission != null) {
            values.read(buffer, offset, Math.max(count, 0));
        }
        while (values.count() > admitted) {
            admission.grow(VALUES_AT_ONCE * VALUE);
            admitted += VALUES_AT_ONCE;
        }
        return count;
    }
}
