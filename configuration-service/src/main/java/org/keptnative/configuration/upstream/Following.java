package org.keptnative.configuration.upstream;

import org.eclipse.jgit.lib.ObjectId;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What following an upstream has found.
 *
 * @param rewritten the branches that were not moved forward, but elsewhere, and their former heads, which are kept
 * @param diverged the branches that stay where they are, and why
 * @param foreign the branches of the upstream that are no business of the project
 */
record Following(Map<String, ObjectId> rewritten, Map<String, String> diverged, Set<String> foreign) {

    /** Why a branch cannot be pushed, however often it is tried, and what to do. */
    Optional<String> obstacle(String branch) {
        if (foreign.contains(branch)) {
            return Optional.of("the upstream has a branch " + branch
                    + " that is no stage of the project, so nothing was changed; take another name, or delete that"
                    + " branch there, or list it there in the stages of metadata.yaml in master, which makes it one");
        }
        return Optional.ofNullable(diverged.get(branch))
                .map(why -> why + ", so nothing was changed; reconcile the project with its upstream first");
    }
}
