package org.keptnative.configuration.project;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.configuration.stage.StageRequest;

import java.util.List;

/** A project as a client wants it. */
@Schema(name = "Project")
public record ProjectRequest(
        @Schema(examples = "sockshop", pattern = "^[a-z]([a-z0-9-]*[a-z0-9])?$", maxLength = 200)
        String projectName,

        @Schema(description = "user of the upstream") String gitUser,

        @Schema(description = "token or password of that user; never returned")
        String gitToken,

        @Schema(description = "http or https URL of the upstream, without credentials")
        String gitRemoteURI,

        @Schema(description = "stages to create together with the project, in this order")
        List<StageRequest> stages,

        @Schema(description = "the shipyard file, in base64", examples = "c3RhZ2VzOgotIG5hbWU6IGRldgo=")
        String shipyard) {

    /** Without the token. */
    @Override
    public String toString() {
        return "ProjectRequest[" + projectName + "]";
    }
}
