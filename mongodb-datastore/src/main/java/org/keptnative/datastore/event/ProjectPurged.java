package org.keptnative.datastore.event;

/** Tells that events are gone, and with them the roots of their contexts. */
public record ProjectPurged() {}
