package org.keptnative.configuration.resource;

import org.keptnative.configuration.admission.MemoryBudget.Share;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Takes memory for what comes out of an archive before it is there, and ends where that is too much. */
final class UnpackedStream extends FilterInputStream {

    private final Share share;

    UnpackedStream(InputStream in, Share share) {
        super(in);
        this.share = share;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        grow(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        grow(Math.max(count, 0));
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        grow(skipped);
        return skipped;
    }

    private void grow(long bytes) {
        if (!share.grow(bytes)) {
            throw HelmChart.refuse("unpacked, the charts of the request have more than " + share.limit() + " bytes");
        }
    }
}
