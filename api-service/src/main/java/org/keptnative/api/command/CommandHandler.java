package org.keptnative.api.command;

import io.smallrye.mutiny.Uni;

/** Knows how to do the commands of one type. */
public interface CommandHandler {

    /** The type of the event that tells of the command. */
    String type();

    /** How the frame that reports a failure begins. */
    String failure(Command command);

    /** Does it, and reports its progress; whatever of it has been done before is not done again. */
    Uni<Void> work(Command command);

    /** Whether the event is stored before the work begins; otherwise the work stores it. */
    default boolean isToldFirst() {
        return true;
    }

    /** Whether another service sends the last frame when the work has been done. */
    default boolean isEndedByService(Command command) {
        return false;
    }
}
