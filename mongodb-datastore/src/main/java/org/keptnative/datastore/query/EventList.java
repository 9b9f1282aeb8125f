package org.keptnative.datastore.query;

import java.util.List;

/**
 * Events without paging.
 *
 * @param events newest first
 */
public record EventList(List<StoredEvent> events) {}
