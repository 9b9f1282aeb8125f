package org.keptnative.configuration.git;

import org.eclipse.jgit.internal.storage.commitgraph.ChangedPathFilter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A walk from newer commits to older ones that remembers only what is still before it: one commit where nothing was ever
 * merged. So a walk of any length takes little memory, and another one can go on where it stopped.
 */
final class Frontier implements AutoCloseable {

    /** JGit keeps each commit that it has met; after so many it starts anew. */
    private static final int MET = 2_000;

    private record Waiting(ObjectId id, int time) {}

    private final RevWalk walk;
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(
            Comparator.comparingInt(Waiting::time).reversed().thenComparing(Waiting::id));
    private final Set<ObjectId> queued = new HashSet<>();
    private int met;

    /** @param reader to be closed by the caller */
    Frontier(ObjectReader reader, List<? extends AnyObjectId> start) throws IOException {
        walk = new RevWalk(reader);
        walk.setRetainBody(false);
        for (AnyObjectId commit : start) {
            add(commit);
        }
    }

    /** The next commit, whose parents are not followed before {@link #follow}; null at the end. */
    RevCommit next() throws IOException {
        Waiting next = queue.poll();
        if (next == null) {
            return null;
        }
        queued.remove(next.id());
        if (++met % MET == 0) {
            walk.dispose();
        }
        return parse(next.id());
    }

    void follow(RevCommit commit) throws IOException {
        for (RevCommit parent : commit.getParents()) {
            add(parent);
        }
    }

    /** Nothing but a commit-graph says that a commit has left a path as it was in its first parent. */
    boolean mayChange(RevCommit commit, byte[] path) {
        ChangedPathFilter changed = commit.getChangedPathFilter(walk);
        return changed == null || changed.maybeContains(path);
    }

    /** A commit with its message. */
    RevCommit whole(RevCommit commit) throws IOException {
        walk.parseBody(commit);
        return commit;
    }

    /** When the next commit was made, in seconds since the epoch; before all time at the end. */
    int time() {
        return queue.isEmpty() ? Integer.MIN_VALUE : queue.peek().time();
    }

    /** What is still to be walked. */
    List<ObjectId> rest() {
        return queue.stream().map(Waiting::id).sorted().toList();
    }

    @Override
    public void close() {
        walk.close();
    }

    private void add(AnyObjectId id) throws IOException {
        ObjectId commit = id.copy();
        if (queued.add(commit)) {
            queue.add(new Waiting(commit, parse(commit).getCommitTime()));
        }
    }

    /** Reads the commit itself only when no commit-graph has it. */
    private RevCommit parse(ObjectId id) throws IOException {
        RevCommit commit = walk.lookupCommit(id);
        walk.parseHeaders(commit);
        return commit;
    }
}
