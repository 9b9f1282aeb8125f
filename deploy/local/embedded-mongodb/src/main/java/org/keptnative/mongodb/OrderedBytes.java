package org.keptnative.mongodb;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Values as bytes: compared as unsigned bytes, they have the order that MongoDB gives the values. */
final class OrderedBytes {

    static final byte[] NOTHING = {};

    /** What stands for an array without elements. */
    static final Object EMPTY_ARRAY = new Object();

    private static final byte EMPTY = 0x04;
    private static final byte NULL = 0x08;
    private static final byte NUMBER = 0x10;
    private static final byte STRING = 0x18;
    private static final byte OTHER = 0x20;
    private static final byte OBJECT_ID = 0x28;
    private static final byte BOOLEAN = 0x30;
    private static final byte INSTANT = 0x38;

    private OrderedBytes() {}

    /** Whether the bytes are in the order of the values; those of other values only tell whether they are the same. */
    static boolean isOrdered(Object value) {
        return type(value) != OTHER;
    }

    /** Appends a value to what stands for those before it. */
    static byte[] append(byte[] before, Object value, boolean ascending) {
        byte[] bytes = bytes(value);
        if (!ascending) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ~bytes[i];
            }
        }
        return concat(before, bytes);
    }

    /** The least bytes that are greater than all that begin so. */
    static byte[] after(byte[] beginning) {
        return concat(beginning, new byte[] {(byte) 0xFF});
    }

    /** Not greater than all bytes that go on with a value of the same type. */
    static byte[] typeBegin(byte[] before, Object value, boolean ascending) {
        int type = ascending ? type(value) : ~type(value);
        return concat(before, new byte[] {(byte) type});
    }

    /** Greater than all bytes that go on with a value of the same type. */
    static byte[] typeEnd(byte[] before, Object value, boolean ascending) {
        int type = ascending ? type(value) : ~type(value);
        return concat(before, new byte[] {(byte) (type + 1)});
    }

    static boolean haveSameType(Object one, Object other) {
        return type(one) == type(other);
    }

    private static byte type(Object value) {
        if (value == EMPTY_ARRAY) {
            return EMPTY;
        } else if (Missing.isNullOrMissing(value)) {
            return NULL;
        } else if (value instanceof Integer || value instanceof Long || value instanceof Double) {
            return NUMBER;
        } else if (value instanceof String) {
            return STRING;
        } else if (value instanceof ObjectId) {
            return OBJECT_ID;
        } else if (value instanceof Boolean) {
            return BOOLEAN;
        } else if (value instanceof Instant) {
            return INSTANT;
        }
        return OTHER;
    }

    private static byte[] bytes(Object value) {
        byte type = type(value);
        return switch (type) {
            case NUMBER -> number((Number) value);
            case STRING -> terminated(type, ((String) value).getBytes(StandardCharsets.UTF_8));
            case OBJECT_ID -> concat(new byte[] {type}, ((ObjectId) value).toByteArray());
            case BOOLEAN -> new byte[] {type, (byte) (Boolean.TRUE.equals(value) ? 1 : 0)};
            case INSTANT ->
                ByteBuffer.allocate(9)
                        .put(type)
                        .putLong(((Instant) value).toEpochMilli() ^ Long.MIN_VALUE)
                        .array();
            case OTHER -> terminated(type, bson(value));
            default -> new byte[] {type};
        };
    }

    /** As a double, and behind it what a long is more or less than that. */
    private static byte[] number(Number number) {
        double value = number.doubleValue() + 0.0; // no negative zero
        long bits = Double.doubleToLongBits(value);
        long rest = number instanceof Double ? 0 : number.longValue() - (long) value;
        return ByteBuffer.allocate(11)
                .put(NUMBER)
                .putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE)
                .putShort((short) (rest ^ Short.MIN_VALUE))
                .array();
    }

    /** Zeros are escaped, so that the end is less than any continuation. */
    private static byte[] terminated(byte type, byte[] content) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * content.length + 3).put(type);
        for (byte b : content) {
            bytes.put(b);
            if (b == 0) {
                bytes.put((byte) 0xFF);
            }
        }
        bytes.putShort((short) 0);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] bson(Object value) {
        ByteBuf buffer = Unpooled.buffer();
        BsonEncoder.encodeDocument(new Document("", value), buffer);
        return ByteBufUtil.getBytes(buffer);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
