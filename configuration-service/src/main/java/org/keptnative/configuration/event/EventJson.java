package org.keptnative.configuration.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads events in passing. The event log has checked them, and of what does not matter here nothing is kept: neither the
 * names, which may be a million, nor which of them were there before.
 */
final class EventJson {

    private EventJson() {}

    static ObjectMapper of(ObjectMapper any) {
        return any.copyWith(JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(any.getFactory().streamReadConstraints())
                .build());
    }
}
