package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An approval that somebody has to give or to refuse.
 *
 * @param eventId id of the event that asks for it
 * @param time as the poster wrote it, in no fixed format
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Approval(String eventId, String keptnContext, String time, String image, String tag) {}
