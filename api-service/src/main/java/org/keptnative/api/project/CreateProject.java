package org.keptnative.api.project;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A project to be.
 *
 * @param name lower case letters, digits and dashes
 * @param shipyard the stages, as base64 of a YAML document
 * @param gitUser with the other two: who pushes to the remote repository
 * @param gitToken that user's token
 * @param gitRemoteURL an empty repository that mirrors the project
 */
record CreateProject(
        @Schema(required = true, examples = "sockshop", pattern = "^[a-z]([a-z0-9-]*[a-z0-9])?$", maxLength = 200)
        String name,

        @Schema(
                required = true,
                description = "the stages: a YAML document in base64",
                examples = "c3RhZ2VzOgotIG5hbWU6IGRldgotIG5hbWU6IHByb2R1Y3Rpb24K")
        String shipyard,

        @Schema(description = "who pushes to the upstream; with the other two or not at all")
        String gitUser,

        @Schema(description = "that user's token; never returned")
        String gitToken,

        @Schema(description = "http or https URL of an empty repository, without credentials")
        String gitRemoteURL) {

    @Override
    public String toString() {
        return "CreateProject[name=" + name + "]"; // the token is nobody's business
    }
}
