package org.keptnative.datastore.event;

/**
 * A project is deleted: what arrived for it before shall be forgotten. The event that says so is stored only when every
 * observer has returned.
 *
 * @param until the sequence of that event
 * @param deadline of the request that brings it
 */
public record ProjectDeleted(String project, long until, Deadline deadline) {}
