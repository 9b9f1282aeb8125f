package org.keptnative.datastore.delivery;

import org.keptnative.datastore.event.Pending;

/** The fields of a delivery that was parked: those of {@link Pending}, a reason and a time. */
final class Parked {

    static final String REASON = "reason";
    static final String SINCE = "since";

    private Parked() {}

    static String field(String follower) {
        return "parked." + follower;
    }

    static String placeField(String follower) {
        return field(follower) + "." + Pending.PLACE;
    }

    static String sinceField(String follower) {
        return field(follower) + "." + SINCE;
    }
}
