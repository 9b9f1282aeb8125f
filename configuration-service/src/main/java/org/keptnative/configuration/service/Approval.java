package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An approval that somebody has to give or to refuse.
 *
 * @param eventId id of the event that asks for it
 * @param time as the poster wrote it, in no fixed format
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Approval(
        @Schema(required = true, examples = "2d4ee2a1-8d9f-4c35-9f1b-0b8d8f0d9f11")
        String eventId,

        @Schema(examples = "08735340-6f9e-4b32-97ff-3b6c292bc509")
        String keptnContext,

        @Schema(examples = "2020-11-16T10:00:00.000Z") String time,
        @Schema(examples = "docker.io/keptnexamples/carts") String image,
        @Schema(examples = "0.11.1") String tag) {}
