package org.keptnative.configuration.transport;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.MetadataRules;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.resource.ResourceUri;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What may be pushed: what leaves the project as the API could have left it. */
final class PushRules {

    private final GitProject project;
    private final Repository pushed;

    /** @param pushed the repository with what was pushed */
    PushRules(GitProject project, Repository pushed) {
        this.project = project;
        this.pushed = pushed;
    }

    /** @throws GitException when the ref may not be moved so, with a sentence for the person who pushes */
    void check(ReceiveCommand command) throws IOException {
        String ref = command.getRefName();
        try (RevWalk walk = new RevWalk(pushed)) {
            if (ref.startsWith(Constants.R_HEADS)) {
                checkBranch(ref.substring(Constants.R_HEADS.length()), command, walk);
            } else if (ref.startsWith(Constants.R_TAGS)) {
                checkTag(Repository.shortenRefName(ref), command);
            } else {
                throw GitException.invalid("only branches and tags can be pushed");
            }
        }
    }

    private void checkTag(String tag, ReceiveCommand command) throws IOException {
        if (command.getType() != ReceiveCommand.Type.CREATE) {
            throw GitException.invalid("tags are kept as they are, so " + tag + " can be neither moved nor deleted");
        }
        if (tag.equals(Names.MASTER) || project.stages().contains(tag)) {
            throw GitException.invalid(
                    "there is a branch " + tag + "; a tag of that name would hide it from Git's users");
        }
        Collection<String> beside = pushed.getRefDatabase().getConflictingNames(command.getRefName());
        if (!beside.isEmpty()) {
            throw GitException.invalid(
                    "there is " + beside.iterator().next() + ", beside which there can be no " + tag);
        }
    }

    private void checkBranch(String branch, ReceiveCommand command, RevWalk walk) throws IOException {
        boolean master = branch.equals(Names.MASTER);
        if (!master && !project.stages().contains(branch)) {
            throw GitException.invalid(branch + " is no stage; to make it one, POST {\"stageName\": \"" + branch
                    + "\"} to /api/configuration-service/v1/project/" + project.name()
                    + "/stage, fetch, and push what you merge into it");
        }
        switch (command.getType()) {
            case UPDATE -> {
                // checked below
            }
            case DELETE ->
                throw GitException.invalid(
                        branch + (master ? " cannot be deleted" : " is a stage, which a push cannot delete"));
            default ->
                throw GitException.invalid("non-fast-forward: the history of " + branch
                        + " is kept, so fetch, rebase or merge, and push again");
        }
        RevObject target = walk.parseAny(command.getNewId());
        if (!(target instanceof RevCommit)) {
            throw GitException.invalid(branch + " must point to a commit");
        }
        checkFiles(walk.parseCommit(command.getOldId()), (RevCommit) target, walk.getObjectReader());
        Snapshot before = project.snapshot(pushed, branch, command.getOldId());
        Snapshot after = project.snapshot(pushed, branch, command.getNewId());
        new MetadataRules(project, pushed, before, after).check();
    }

    private void checkFiles(RevCommit before, RevCommit after, ObjectReader reader) throws IOException {
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(before.getTree());
            walk.addTree(after.getTree());
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                FileMode mode = walk.getFileMode(1);
                if (mode.equals(walk.getFileMode(0)) || mode == FileMode.MISSING) {
                    continue;
                }
                if (mode.getObjectType() != Constants.OBJ_BLOB || mode == FileMode.SYMLINK) {
                    throw GitException.invalid(walk.getPathString() + " is a "
                            + (mode == FileMode.SYMLINK ? "symbolic link" : "submodule") + ", and there are none here");
                }
                if (walk.getFileMode(0) == FileMode.MISSING) {
                    checkPath(walk);
                    if (MetadataRules.isOfFolder(walk.getPathString())) {
                        Names.checkService(walk.getPathString().split("/")[0]);
                    }
                }
            }
        }
    }

    private static void checkPath(TreeWalk walk) {
        try {
            ResourceUri.ofBody(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(walk.getRawPath()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw GitException.invalid("the path " + walk.getPathString() + " is no UTF-8");
        } catch (ApiException e) {
            throw GitException.invalid("the path " + walk.getPathString() + " is not allowed: " + e.getMessage());
        }
    }
}
