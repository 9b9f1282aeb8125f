package org.keptnative.configuration.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.configuration.stage.ExpandedStage;
import org.keptnative.configuration.upstream.UpstreamState;

import java.util.List;

/**
 * A project with all that belongs to it, except the token of its upstream, which never leaves the service.
 *
 * @param creationDate nanoseconds since the epoch, as a decimal string
 * @param gitCloneURL what to give to git clone; absent where Git has no access
 * @param upstream how the project and its upstream stand
 * @param shipyard the text of the shipyard file
 * @param problem what keeps the rest of it from being shown, or makes it a guess; absent when all is well
 */
public record ExpandedProject(
        String projectName,
        @JsonInclude(Include.NON_EMPTY) String creationDate,
        @JsonInclude(Include.NON_EMPTY) String gitUser,
        @JsonInclude(Include.NON_EMPTY) String gitRemoteURI,

        @Schema(
                description = "for git clone, with the API token as the password; absent where Git has no access",
                examples = "https://keptn.example.org/api/configuration-service/git/sockshop.git")
        @JsonInclude(Include.NON_EMPTY)
        String gitCloneURL,

        @JsonInclude(Include.NON_NULL) UpstreamState upstream,
        @JsonInclude(Include.NON_EMPTY) String shipyard,
        @JsonInclude(Include.NON_EMPTY) String problem,
        List<ExpandedStage> stages) {}
