package org.keptnative.api.project;

import jakarta.validation.constraints.NotNull;

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
        @NotNull(message = "is required") String name,
        @NotNull(message = "is required") String shipyard,
        String gitUser,
        String gitToken,
        String gitRemoteURL) {

    @Override
    public String toString() {
        return "CreateProject[name=" + name + "]"; // the token is nobody's business
    }
}
