package org.keptnative.mongodb;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads the positions of a plan, each once. Between two reads the index may change if {@link #pause()} was called: what
 * comes then is read from there on.
 */
final class Scan implements Iterator<Object> {

    private final Iterator<Plan.Range> ranges;
    private final boolean mayRepeat;
    private final Set<Object> seen = new HashSet<>();
    private Plan.Range range;
    private Cursor<byte[], Object> cursor;
    private byte[] last; // null before the first entry of a range
    private Object next;

    Scan(Plan plan) {
        ranges = plan.ranges().iterator();
        mayRepeat = plan.ranges().size() > 1 || plan.ranges().stream().anyMatch(Scan::mayRepeat);
    }

    /** A document has one entry for each element of its array: more than one, unless the element is given. */
    private static boolean mayRepeat(Plan.Range range) {
        IndexEntries entries = range.entries();
        boolean oneBeginning = range.from().length > 0 && Arrays.equals(OrderedBytes.after(range.from()), range.to());
        for (int field = oneBeginning ? 1 : 0; field < entries.keys().size(); field++) {
            if (entries.hasArrays(field)) {
                return true;
            }
        }
        return !oneBeginning && entries.hasArrays(0);
    }

    @Override
    public boolean hasNext() {
        while (next == null && advance()) {
            Object position = cursor.getValue();
            if (!mayRepeat || seen.add(position)) {
                next = position;
            }
        }
        return next != null;
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Object position = next;
        next = null;
        return position;
    }

    void pause() {
        cursor = null;
    }

    private boolean advance() {
        while (true) {
            if (range == null) {
                if (!ranges.hasNext()) {
                    return false;
                }
                range = ranges.next();
                last = null;
                cursor = null;
            }
            if (cursor == null) {
                cursor = open();
            }
            if (cursor.hasNext() && isInside(cursor.next())) {
                last = cursor.getKey();
                return true;
            }
            range = null;
        }
    }

    private Cursor<byte[], Object> open() {
        MVMap<byte[], Object> map = range.entries().map();
        if (!range.reverse()) {
            // A zero more makes the next greater key; nothing at all is the index's own.
            byte[] after = last == null ? range.from() : last;
            byte[] from = last == null && after.length > 0 ? after : Arrays.copyOf(after, after.length + 1);
            return map.cursor(from, range.to(), false);
        }
        byte[] below = map.lowerKey(last == null ? range.to() : last);
        return below == null ? map.cursor(range.from(), range.from(), true) : map.cursor(below, range.from(), true);
    }

    private boolean isInside(byte[] entry) {
        return entry.length > 0
                && Arrays.compareUnsigned(entry, range.from()) >= 0
                && Arrays.compareUnsigned(entry, range.to()) < 0;
    }
}
