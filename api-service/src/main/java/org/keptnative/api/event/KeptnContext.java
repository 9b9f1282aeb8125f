package org.keptnative.api.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id that all events of one sequence share. */
public final class KeptnContext {

    private static final String DASHED = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern UUID_FORMS =
            Pattern.compile("(?i:urn:uuid:)?" + DASHED + "|\\{" + DASHED + "}|[0-9a-fA-F]{32}");
    private static final int UUID_BYTES = 16;

    private KeptnContext() {}

    /** A new random one. */
    public static String random() {
        return UUID.randomUUID().toString();
    }

    /** The given one as it is if it is a UUID in any spelling, else a UUID that always comes out of the same text. */
    static String of(String given) {
        return UUID_FORMS.matcher(given).matches() ? given : fromText(given);
    }

    /** That of an event that belongs to none yet: always the same, also when the event is sent again. */
    static String ofEvent(String source, String id) {
        byte[] identity = (source + ' ' + id).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity);
            return version4(Arrays.copyOf(hash, UUID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fromText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(utf8, UUID_BYTES);
        if (utf8.length < UUID_BYTES) {
            Arrays.fill(bytes, utf8.length, UUID_BYTES, (byte) ' ');
        }
        return version4(bytes);
    }

    private static String version4(byte[] bytes) {
        bytes[6] = (byte) (bytes[6] & 0x0f | 0x40); // version 4
        bytes[8] = (byte) (bytes[8] & 0x3f | 0x80); // variant of RFC 4122
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
}
