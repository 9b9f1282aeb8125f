package org.keptnative.configuration.stage;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which stage to create. */
@Schema(name = "Stage")
public record StageRequest(
        @Schema(
                examples = "dev",
                pattern = "^[a-z]([a-z0-9-]*[a-z0-9])?$",
                maxLength = 200,
                description = "not master, which is the branch of the project itself")
        String stageName) {}
