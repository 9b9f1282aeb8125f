package org.keptnative.datastore.event;

/** Half a surrogate pair may stand in JSON as an escape, but has no UTF-8. */
final class HalfPairs {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private HalfPairs() {}

    static String escape(String json) {
        StringBuilder escaped = null;
        int copied = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 < json.length() && Character.isSurrogatePair(c, json.charAt(i + 1))) {
                    i++;
                } else {
                    escaped = escaped == null ? new StringBuilder(json.length() + 5) : escaped;
                    escaped.append(json, copied, i).append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        escaped.append(HEX[c >> shift & 15]);
                    }
                    copied = i + 1;
                }
            }
        }
        return escaped == null
                ? json
                : escaped.append(json, copied, json.length()).toString();
    }
}
