package org.keptnative.api.progress;

import java.util.HashMap;
import java.util.Map;

/** Those on this replica who listen to one context, and how far each has heard; guarded by {@link Channels}. */
class Channel {

    private final Map<Reader, Long> readers = new HashMap<>();

    void join(Reader reader) {
        readers.put(reader, 0L);
    }

    void leave(Reader reader) {
        readers.remove(reader);
    }

    void deliver(FrameStore.Stored frame) {
        readers.forEach((reader, heard) -> {
            if (frame.number() > heard) {
                reader.receive(frame.text());
                readers.put(reader, frame.number());
            }
        });
    }

    /** All have heard this one and those before it. */
    long position() {
        return readers.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    boolean isIdle() {
        return readers.isEmpty();
    }
}
