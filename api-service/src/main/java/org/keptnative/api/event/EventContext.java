package org.keptnative.api.event;

/**
 * What every command and event is answered with.
 *
 * @param keptnContext finds all events that follow
 * @param token opens the websocket on which progress is reported
 */
public record EventContext(String keptnContext, String token) {}
