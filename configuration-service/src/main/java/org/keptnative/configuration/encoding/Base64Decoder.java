package org.keptnative.configuration.encoding;

import java.io.ByteArrayOutputStream;
import java.io.Writer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Decodes standard base64 with padding, which may be broken into lines, as it is written here bit by bit. */
final class Base64Decoder extends Writer {

    /** Java's decoder alone would also take a text without its padding. */
    private static final int GROUP = 4;

    private final byte[] block = new byte[8192];
    private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    private int length;
    private boolean valid = true;
    private boolean ended;

    @Override
    public void write(char[] text, int offset, int count) {
        for (int i = offset; i < offset + count && valid; i++) {
            if (text[i] == '\r' || text[i] == '\n') {
                continue;
            }
            valid = text[i] < 0x80;
            block[length++] = (byte) text[i];
            if (length == block.length) {
                decodeBlock();
            }
        }
    }

    /** All that was written; empty when it is no standard base64 with padding. */
    Optional<byte[]> decoded() {
        decodeBlock();
        return valid ? Optional.of(decoded.toByteArray()) : Optional.empty();
    }

    private void decodeBlock() {
        // After the padding nothing may follow.
        valid &= length % GROUP == 0 && !(ended && length > 0);
        if (!valid || length == 0) {
            return;
        }
        ended = block[length - 1] == '=';
        try {
            decoded.writeBytes(
                    Base64.getDecoder().decode(length == block.length ? block : Arrays.copyOf(block, length)));
        } catch (IllegalArgumentException e) {
            valid = false;
        }
        length = 0;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
