package org.keptnative.datastore.event;

import java.util.Set;

/** Tells whoever delivers events that there are new ones of these projects. */
public record EventsStored(Set<String> projects) {}
