package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.error.ApiException;

import java.util.List;
import java.util.Map;

/** The upstream of a project: where it has one, a commit counts once it is there. */
public interface Remote {

    /**
     * What the remote has.
     *
     * @param heads the commits of the branches, by name
     * @param defaultBranch null when the remote does not say
     */
    record Branches(Map<String, ObjectId> heads, String defaultBranch) {

        /** Whether this is a stage, and not the branch of project files under another name. */
        boolean isStage(String branch) {
            return Names.isStage(branch) && !branch.equals(defaultBranch);
        }
    }

    /**
     * Brings the objects of all branches into the repository; its own branches stay where they are.
     *
     * @throws ApiException 400, when the remote cannot be used
     */
    Branches fetch(Repository repository);

    /**
     * Moves branches of the remote, all or none.
     *
     * @return false when one of them is no longer where it was
     * @throws ApiException 400, when the remote refuses or cannot be used
     */
    boolean push(Repository repository, List<ReceiveCommand> changes);
}
