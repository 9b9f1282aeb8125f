package org.keptnative.api.command;

import io.smallrye.mutiny.Uni;
import org.keptnative.api.event.EventContext;

import java.util.function.Function;

/**
 * Something that takes a while to do.
 *
 * @param type of the event that tells of it
 * @param failure how the frame that reports a failure begins
 * @param endedByService whether another service sends the last frame when the work has been done
 * @param work what is to be done; it reports its progress on the context it is given
 */
public record Command(String type, String failure, boolean endedByService, Function<EventContext, Uni<Void>> work) {}
