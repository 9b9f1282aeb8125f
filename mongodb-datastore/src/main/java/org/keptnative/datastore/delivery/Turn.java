package org.keptnative.datastore.delivery;

/** A project from the time on when it has something to deliver until there is nothing more; kept by {@link Schedule}. */
final class Turn {

    final String project;
    boolean working;
    boolean again;
    boolean failed;

    /** Whether its last event has broken the connection when it was sent, and may do so again. */
    boolean broke;

    int failures;
    int triesWhileUp;
    long successesBefore;
    long due;
    Lane lane;

    Turn(String project) {
        this.project = project;
    }

    void startAnew() {
        failures = 0;
        triesWhileUp = 0;
        broke = false;
    }
}
