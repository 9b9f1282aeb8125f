package org.keptnative.datastore.delivery;

/**
 * An event that waits for a follower.
 *
 * @param key of its document
 * @param sequence its place among the events of its project
 * @param size of its JSON in characters
 */
record Waiting(String key, String project, long sequence, int size) {

    /** An event that is to be sent now. */
    record Event(Waiting waiting, String json) {}
}
