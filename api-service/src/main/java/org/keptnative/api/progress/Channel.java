package org.keptnative.api.progress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The frames of one context and those who listen to it; guarded by {@link Channels}. */
class Channel {

    /** What a frame costs beside its text. */
    private static final int OVERHEAD = 256;

    private final Deque<String> frames = new ArrayDeque<>();
    private final Set<Reader> readers = new HashSet<>();
    private int characters;
    private long lastFrameAt;

    /** @return by how many characters the channel has grown, or shrunk when old frames had to go */
    int add(String frame, long now, int limit) {
        int before = characters;
        lastFrameAt = now;
        frames.add(frame);
        characters += cost(frame);
        while (characters > limit) {
            characters -= cost(frames.remove());
        }
        readers.forEach(reader -> reader.receive(frame));
        return characters - before;
    }

    void join(Reader reader) {
        frames.forEach(reader::receive);
        readers.add(reader);
    }

    void leave(Reader reader) {
        readers.remove(reader);
    }

    /** @return how many characters were forgotten */
    int clear() {
        int forgotten = characters;
        frames.clear();
        characters = 0;
        return forgotten;
    }

    boolean isSilentSince(long horizon) {
        return lastFrameAt < horizon;
    }

    boolean isIdle() {
        return frames.isEmpty() && readers.isEmpty();
    }

    private static int cost(String frame) {
        return frame.length() + OVERHEAD;
    }
}
