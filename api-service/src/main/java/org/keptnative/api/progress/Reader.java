package org.keptnative.api.progress;

/** Someone who listens to a channel. */
interface Reader {

    /** Must return at once: a reader that cannot follow is the reader's own business. */
    void receive(String frame);
}
