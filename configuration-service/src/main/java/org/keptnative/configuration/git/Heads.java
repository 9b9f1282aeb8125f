package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.error.ApiException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The branches of a repository, here and in its upstream. */
final class Heads {

    private Heads() {}

    /** The commits of all branches, by name. */
    static Map<String, ObjectId> of(Repository repository) {
        try {
            Map<String, ObjectId> heads = new HashMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                heads.put(ref.getName().substring(Constants.R_HEADS.length()), ref.getObjectId());
            }
            return heads;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commit a branch points to; null when there is no such branch. */
    static ObjectId of(Repository repository, String branch) {
        try {
            Ref ref = repository.exactRef(Constants.R_HEADS + branch);
            return ref == null ? null : ref.getObjectId();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Moves each branch to where the remote has it, if it is still where it was. A remote without a master branch is
     * none to follow.
     */
    static void align(Repository repository, Map<String, ObjectId> before, Remote.Branches remote) throws IOException {
        if (!remote.heads().containsKey(Names.MASTER)) {
            return;
        }
        Map<String, ObjectId> now = of(repository);
        Set<String> names = new TreeSet<>(now.keySet());
        remote.heads().keySet().stream()
                .filter(branch -> branch.equals(Names.MASTER) || remote.isStage(branch))
                .forEach(names::add);
        List<ReceiveCommand> changes = new ArrayList<>();
        for (String branch : names) {
            ObjectId here = now.getOrDefault(branch, ObjectId.zeroId());
            ObjectId there = remote.heads().getOrDefault(branch, ObjectId.zeroId());
            if (!here.equals(there) && here.equals(before.getOrDefault(branch, ObjectId.zeroId()))) {
                changes.add(new ReceiveCommand(here, there, Constants.R_HEADS + branch));
            }
        }
        if (!changes.isEmpty()) {
            RefUpdates.apply(repository, changes);
        }
    }

    /**
     * What a remote needs to have all branches as they are here.
     *
     * @throws ApiException 400, when it has another history
     */
    static List<ReceiveCommand> missingIn(Repository repository, Remote.Branches remote) throws IOException {
        List<ReceiveCommand> changes = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            for (Map.Entry<String, ObjectId> branch : of(repository).entrySet()) {
                ObjectId here = branch.getValue();
                ObjectId there = remote.heads().get(branch.getKey());
                if (here.equals(there)) {
                    continue;
                }
                if (there == null || isAncestor(walk, there, here)) {
                    changes.add(new ReceiveCommand(
                            there == null ? ObjectId.zeroId() : there, here, Constants.R_HEADS + branch.getKey()));
                } else if (!isAncestor(walk, here, there)) {
                    throw ApiException.badRequest("its branch " + branch.getKey() + " has another history");
                }
            }
        }
        return changes;
    }

    private static boolean isAncestor(RevWalk walk, ObjectId ancestor, ObjectId commit) throws IOException {
        return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(commit));
    }
}
