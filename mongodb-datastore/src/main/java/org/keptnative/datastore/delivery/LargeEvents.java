package org.keptnative.datastore.delivery;

import jakarta.inject.Singleton;

import java.util.concurrent.Semaphore;

/**
 * Keeps the large events that are sent at the same time, to whatever follower, within the quarter of the heap that the
 * bodies of requests leave.
 */
@Singleton
class LargeEvents {

    /** An event is in memory in parts, as text and as bytes, and the last two are made of smaller ones. */
    private static final int COPIES = 4;

    private final int most =
            (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 / COPIES);

    private final Semaphore characters = new Semaphore(most, true);

    /**
     * Waits until there is room for an event of so many characters; the largest goes alone.
     *
     * @return what to release
     */
    int hold(int size) throws InterruptedException {
        int held = Math.min(size, most);
        characters.acquire(held);
        return held;
    }

    void release(int held) {
        characters.release(held);
    }
}
