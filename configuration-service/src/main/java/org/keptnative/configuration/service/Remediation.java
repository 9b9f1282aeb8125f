package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A step of a remediation that is going on.
 *
 * @param time as the poster wrote it, in no fixed format
 * @param type the type of the event that reported the step
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Remediation(String eventId, String keptnContext, String time, String type, String action) {}
