package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Which event happened last.
 *
 * @param time the time of the event, in nanoseconds since the epoch, as a decimal string
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventContext(String eventId, String keptnContext, String time) {}
