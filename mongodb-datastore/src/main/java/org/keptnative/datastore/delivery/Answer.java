package org.keptnative.datastore.delivery;

/**
 * What became of an event that was sent to a follower.
 *
 * @param reason for a person, without secrets
 */
record Answer(Kind kind, String reason) {

    enum Kind {
        ACCEPTED,
        /** The follower will never take this event. */
        REFUSED,
        /** It may take it later. */
        FAILED,
        /** The connection ended before an answer: the follower may have died of this event. */
        BROKEN,
        /** There is nobody to take any event. */
        UNREACHABLE
    }

    static final Answer ACCEPTED = new Answer(Kind.ACCEPTED, "");

    static Answer refused(String reason) {
        return new Answer(Kind.REFUSED, reason);
    }

    static Answer failed(String reason) {
        return new Answer(Kind.FAILED, reason);
    }

    static Answer broken(String reason) {
        return new Answer(Kind.BROKEN, reason);
    }

    static Answer unreachable(String reason) {
        return new Answer(Kind.UNREACHABLE, reason);
    }
}
