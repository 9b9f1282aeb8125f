package org.keptnative.datastore.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An event in an answer, exactly as it was stored.
 *
 * @param json the event as JSON
 */
public record StoredEvent(@JsonValue @JsonRawValue String json) {}
