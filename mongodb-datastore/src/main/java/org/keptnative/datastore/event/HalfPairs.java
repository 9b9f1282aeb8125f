package org.keptnative.datastore.event;

import java.util.regex.Pattern;

/** Half a surrogate pair may stand in JSON as an escape, but has no UTF-8. */
final class HalfPairs {

    // Java's regular expressions see a complete pair as one code point outside of this class.
    private static final Pattern HALF = Pattern.compile("[\\uD800-\\uDFFF]");

    private HalfPairs() {}

    static String escape(String json) {
        return HALF.matcher(json)
                .replaceAll(half -> "\\\\u%04X".formatted((int) half.group().charAt(0)));
    }
}
