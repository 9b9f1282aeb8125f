package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A step of a remediation that is going on.
 *
 * @param time as the poster wrote it, in no fixed format
 * @param type the type of the event that reported the step
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Remediation(
        @Schema(required = true, examples = "5c0d3f0e-6a0b-4f5e-9d4b-7f1a2b3c4d5e")
        String eventId,

        @Schema(examples = "08735340-6f9e-4b32-97ff-3b6c292bc509")
        String keptnContext,

        @Schema(examples = "2020-11-16T10:00:00.000Z") String time,

        @Schema(examples = "sh.keptn.event.remediation.status.changed")
        String type,

        @Schema(examples = "scaling") String action) {}
