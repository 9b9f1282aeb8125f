package org.keptnative.datastore.event;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which strings stand where in an event, as far as it is noted beside it: a thousand strings of the first ten thousand, each
 * of at most 4096 characters with its path, and a path of at most 256; besides, outside of arrays, all in {@link Members}. An
 * event that has more is incomplete: whether it meets a condition that is not noted is told by {@link StoredText}.
 */
public final class Facts {

    static final int MOST = 1000;

    /** So many are looked at: all may be the same, and a megabyte holds more than three hundred thousand. */
    private static final int MOST_SEEN = 10_000;

    private static final int LONGEST_PATH = 256;
    private static final int LONGEST = 4096;

    /** Stands for a path that is too long, or at which nothing is noted any more. */
    private static final String UNNOTED = "";

    private final Set<String> all = new LinkedHashSet<>();
    private int seen;
    private boolean incomplete;

    /** The fact that a string stands at a path of object members, whatever arrays lie in between. */
    public static String of(String path, String value) {
        return IndexKey.of(path + ":" + value);
    }

    /** Whether no event is incomplete in what stands at that path outside of arrays. */
    public static boolean areAlwaysNotedFor(String path) {
        return Members.ALL.contains(path);
    }

    /**
     * The path of a member.
     *
     * @param parent the path of the object with a dot behind it, or nothing for the event itself
     * @param mayBeRequired whether it may be one of {@link Members}
     * @return null where no condition leads: a name with a dot would read like a path
     */
    String path(String parent, String name, boolean mayBeRequired) {
        if (parent == null || name.indexOf('.') >= 0) {
            return null;
        }
        boolean isNoted = (mayBeRequired || !areFull())
                && !parent.equals(UNNOTED + ".")
                && parent.length() + name.length() <= LONGEST_PATH;
        return isNoted ? parent + name : UNNOTED;
    }

    void add(String path, char[] text, int from, int length) {
        if (!areFull() && !path.equals(UNNOTED) && path.length() + length < LONGEST) {
            seen++;
            all.add(of(path, new String(text, from, length)));
        } else {
            incomplete = true;
        }
    }

    private boolean areFull() {
        return all.size() >= MOST || seen >= MOST_SEEN;
    }

    /** Notes it whatever has been noted. */
    void require(String path, String value) {
        all.add(of(path, value));
    }

    List<String> all() {
        return List.copyOf(all);
    }

    boolean isIncomplete() {
        return incomplete;
    }
}
