package org.keptnative.datastore.event;

/** Tells whoever delivers events that there are new ones. */
public record EventsStored() {}
