package org.keptnative.datastore.event;

import java.io.Writer;

/**
 * Collects JSON that has a form in UTF-8. Half a surrogate pair has none; it may stand in JSON as an escape, and is written as
 * one again.
 */
public final class JsonWriter extends Writer {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final char NONE = 0;

    private final StringBuilder json;

    /** The first half of a pair, of which the second is to come. */
    private char first = NONE;

    /** @param size how many characters there may be about */
    public JsonWriter(int size) {
        json = new StringBuilder(size);
    }

    @Override
    public void write(char[] text, int from, int length) {
        int copied = from;
        for (int i = from; i < from + length; i++) {
            char c = text[i];
            if (first == NONE && !Character.isSurrogate(c)) {
                continue;
            }
            json.append(text, copied, i - copied);
            copied = i + 1;
            writeHalf(c);
        }
        json.append(text, copied, from + length - copied);
    }

    /** A character that is half a pair, or comes after the first half of one. */
    private void writeHalf(char c) {
        if (first != NONE && Character.isLowSurrogate(c)) {
            json.append(first).append(c);
            first = NONE;
            return;
        }
        if (first != NONE) {
            escape(first);
            first = NONE;
        }
        if (Character.isHighSurrogate(c)) {
            first = c;
        } else if (Character.isLowSurrogate(c)) {
            escape(c);
        } else {
            json.append(c);
        }
    }

    private void escape(char half) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            json.append(HEX[half >> shift & 15]);
        }
    }

    /** All of it, which ends with no half. */
    @Override
    public String toString() {
        return json.toString();
    }

    @Override
    public void flush() {
        // Nothing is held back but the first half of a pair.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
