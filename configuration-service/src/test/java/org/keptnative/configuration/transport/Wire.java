package org.keptnative.configuration.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.DeflaterOutputStream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What no Git sends: packet lines and packs by hand. Formats: gitprotocol-common(5), gitformat-pack(5). */
final class Wire {

    static final int COMMIT = 1;
    static final int TREE = 2;
    static final int BLOB = 3;
    static final int REF_DELTA = 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Wire line(String text) {
        return raw(String.format("%04x", text.length() + 4)).raw(text);
    }

    /** As it is; a character is a byte. */
    Wire raw(String text) {
        return raw(text.getBytes(ISO_8859_1));
    }

    Wire raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    static byte[] pack(byte[]... objects) {
        Wire pack = new Wire()
                .raw("PACK")
                .raw(ByteBuffer.allocate(8).putInt(2).putInt(objects.length).array());
        for (byte[] object : objects) {
            pack.raw(object);
        }
        try {
            return pack.raw(MessageDigest.getInstance("SHA-1").digest(pack.bytes()))
                    .bytes();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] object(int type, byte[] content) {
        return object(type, new byte[0], content);
    }

    /** @param base the object that it changes, in hexadecimal digits */
    static byte[] refDelta(String base, byte[] delta) {
        return object(REF_DELTA, new java.math.BigInteger("1" + base, 16).toByteArray(), delta);
    }

    private static byte[] object(int type, byte[] base, byte[] content) {
        Wire object = new Wire();
        int rest = content.length >> 4;
        object.bytes.write(type << 4 | content.length & 0x0f | (rest > 0 ? 0x80 : 0));
        for (; rest > 0; rest >>= 7) {
            object.bytes.write(rest & 0x7f | (rest >> 7 > 0 ? 0x80 : 0));
        }
        if (base.length > 0) {
            object.bytes.write(base, 1, base.length - 1);
        }
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(object.bytes)) {
            deflated.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return object.bytes();
    }
}
