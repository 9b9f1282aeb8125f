package org.keptnative.datastore.event;

import java.util.Arrays;

/**
 * The names in the objects that are being read, of which none may come twice in one object: a repeated name would mean one
 * thing here and another to the next reader. There may be a million, so that each is kept as a number; that two of a million
 * have the same happens to one event in thirty million.
 */
final class Names {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[16];
    private int size;

    /** Begins with an object, within the one before; returns what to end it with. */
    int begin() {
        return size;
    }

    /** A name in the object that was begun last and has not ended. */
    void add(String name) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size + size / 2);
        }
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        hashes[size++] = hash;
    }

    /** Ends the object that was begun last; whether a name came twice in it. */
    boolean end(int begin) {
        Arrays.sort(hashes, begin, size);
        boolean isRepeated = false;
        for (int i = begin + 1; i < size; i++) {
            isRepeated |= hashes[i] == hashes[i - 1];
        }
        size = begin;
        return isRepeated;
    }
}
