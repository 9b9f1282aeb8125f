package org.keptnative.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that takes a while to do, with all that is needed to do it, so that it can be written down and done by
 * whatever replica is alive.
 *
 * @param context under which it runs, and its id
 * @param type of the event that tells of it
 * @param eventId of that event
 * @param parameters for the {@link CommandHandler} of the type
 * @param isAgain whether another replica has begun it, and may have done all of it but said so
 */
public record Command(String context, String type, String eventId, ObjectNode parameters, boolean isAgain) {}
