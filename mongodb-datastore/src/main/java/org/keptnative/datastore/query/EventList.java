package org.keptnative.datastore.query;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.datastore.event.StoredEvent;

import java.util.List;

/**
 * Events without paging.
 *
 * @param events newest first
 */
@Schema(name = "EventsByType")
public record EventList(List<StoredEvent> events) {}
