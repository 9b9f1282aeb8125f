package org.keptnative.configuration.upstream;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Publication;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The upstream decides: what it has accepted counts, and is then stored here. What it refuses leaves nothing here. */
final class UpstreamPublication implements Publication {

    private static final int MAX_ATTEMPTS = 10;

    private final GitProject project;
    private final UpstreamRef upstream;
    private final Remote remote;
    private final Follower follower;
    private final Supplier<Turn> turns;

    /** Moves the branches to where they are in the upstream. */
    @FunctionalInterface
    interface Follower {
        Following follow() throws IOException;
    }

    UpstreamPublication(
            GitProject project, UpstreamRef upstream, Remote remote, Follower follower, Supplier<Turn> turns) {
        this.project = project;
        this.upstream = upstream;
        this.remote = remote;
        this.follower = follower;
        this.turns = turns;
    }

    @Override
    public Turn enter() {
        return turns.get();
    }

    @Override
    public boolean publish(Draft draft) throws IOException {
        List<ReceiveCommand> changes = draft.batch().refs();
        if (!changes.isEmpty() && remote.push(draft.repository(), changes)) {
            return store(draft.batch());
        }
        Map<String, ObjectId> before = project.heads();
        Following found = follower.follow();
        changes.stream()
                .filter(change -> change.getRefName().startsWith(Constants.R_HEADS))
                .flatMap(change -> found.obstacle(change.getRefName().substring(Constants.R_HEADS.length())).stream())
                .findFirst()
                .ifPresent(why -> {
                    throw new GitException(Reason.UPSTREAM_DIVERGED, why);
                });
        if (changes.stream().anyMatch(change -> change.getRefName().startsWith(Constants.R_TAGS))) {
            // Tags are not followed, so asking again would not help.
            throw new GitException(
                    Reason.UPSTREAM_DECLINED, "the upstream has moved, or has a tag of that name already: fetch first");
        }
        return changes.isEmpty() && project.heads().equals(before);
    }

    /**
     * A branch that is no longer where it was has been moved by somebody who saw what the upstream has accepted.
     *
     * @return false when the project has got another upstream, which has not accepted anything
     */
    private boolean store(Batch accepted) throws IOException {
        List<ReceiveCommand> open = accepted.refs();
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            if (project.publish(accepted.moving(open).provided(upstream.unchanged()))) {
                return true;
            }
            if (!UpstreamRef.of(project).id().equals(upstream.id())) {
                return false;
            }
            if (attempt == MAX_ATTEMPTS) {
                throw new IOException("the branches of " + project.name() + " cannot be moved");
            }
            open = unmoved(open);
        }
        return true;
    }

    private List<ReceiveCommand> unmoved(List<ReceiveCommand> changes) throws IOException {
        List<ReceiveCommand> unmoved = new ArrayList<>();
        try (Repository repository = project.repository().open()) {
            for (ReceiveCommand change : changes) {
                Ref ref = repository.exactRef(change.getRefName());
                if (change.getOldId().equals(ref == null ? ObjectId.zeroId() : ref.getObjectId())) {
                    unmoved.add(change);
                }
            }
        }
        return unmoved;
    }
}
