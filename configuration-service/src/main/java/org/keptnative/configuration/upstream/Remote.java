package org.keptnative.configuration.upstream;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.Names;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A repository elsewhere. */
interface Remote {

    /**
     * What the remote has.
     *
     * @param heads the commits of all branches, by name
     * @param defaultBranch null when the remote does not say
     */
    record Branches(Map<String, ObjectId> heads, String defaultBranch) {

        /** Where the files of the project are. */
        String masterName() {
            return heads.containsKey(Names.MASTER) || defaultBranch == null ? Names.MASTER : defaultBranch;
        }

        /** Null when there is nothing yet. */
        ObjectId master() {
            return heads.get(masterName());
        }
    }

    /**
     * Brings the objects of some branches into the repository; its refs stay where they are.
     *
     * @param wanted says, of all that there are, which branches matter
     * @throws GitException when the remote cannot be used
     */
    Branches fetch(Repository repository, Function<Branches, Set<String>> wanted);

    /**
     * Moves branches of the remote, all or none where the server can do so, else {@code master} first.
     *
     * @return false when one of them is no longer where it was
     * @throws GitException when the remote refuses or cannot be used
     */
    boolean push(Repository repository, List<ReceiveCommand> changes);

    /** The same, with one limit for all calls instead of one for each. */
    Remote within(TimeLimit limit);
}
