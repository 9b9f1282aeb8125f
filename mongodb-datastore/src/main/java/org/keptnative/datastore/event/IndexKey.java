package org.keptnative.datastore.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Text in a form every database can index: short and printable as it is, anything else as its SHA-256. */
public final class IndexKey {

    private static final int LONGEST = 512;

    private IndexKey() {}

    public static String of(String text) {
        return text.length() <= LONGEST && isPlain(text) ? text : sha256(text);
    }

    /** No control characters, and no surrogates since half a pair has no UTF-8. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
