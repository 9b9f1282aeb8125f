package org.keptnative.configuration.git;

import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The commits that changed a file or a folder, a page at a time. A page costs what it walks over, and no more. */
final class PathHistory {

    /** So many commits are looked at for one page; if these are not enough, it is short and the next one goes on. */
    static final int MAX_WALKED = 10_000;

    private final ObjectReader reader;
    private final String path;
    private final byte[] pathBytes;
    private ObjectId lastTree;
    private ObjectId lastEntry;

    PathHistory(ObjectReader reader, String path) {
        this.reader = reader;
        this.path = path;
        this.pathBytes = path.getBytes(UTF_8);
    }

    /**
     * The newest changes first.
     *
     * @param key that of the page before, or that of a commit to begin with
     * @throws GitException when the key is none
     */
    CommitPage page(String key, int size) throws IOException {
        try (Frontier walk = new Frontier(reader, start(key))) {
            List<CommitInfo> changes = new ArrayList<>();
            for (int walked = 0; walked < MAX_WALKED && changes.size() < size; walked++) {
                RevCommit commit = walk.next();
                if (commit == null) {
                    break;
                }
                walk.follow(commit);
                if (walk.mayChange(commit, pathBytes) && isChange(commit)) {
                    walk.whole(commit);
                    changes.add(new CommitInfo(
                            commit.name(), Instant.ofEpochSecond(commit.getCommitTime()), commit.getFullMessage()));
                }
            }
            return new CommitPage(
                    changes, walk.rest().stream().map(ObjectId::name).collect(Collectors.joining(".")));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw noKey();
        }
    }

    private static List<ObjectId> start(String key) {
        String[] commits = key.split("\\.");
        if (!Arrays.stream(commits).allMatch(ObjectId::isId)) {
            throw noKey();
        }
        return Arrays.stream(commits).map(ObjectId::fromString).toList();
    }

    /** A merge is one only if no parent has the path as it is now. */
    private boolean isChange(RevCommit commit) throws IOException {
        ObjectId now = entry(commit.getTree());
        if (commit.getParentCount() == 0) {
            return !ObjectId.zeroId().equals(now);
        }
        for (RevCommit parent : commit.getParents()) {
            if (parent.getTree().equals(commit.getTree())
                    || entry(parent.getTree()).equals(now)) {
                return false;
            }
        }
        return true;
    }

    /** What the path is in a tree. That of a parent is asked again when the parent comes itself. */
    private ObjectId entry(ObjectId tree) throws IOException {
        if (!tree.equals(lastTree)) {
            lastEntry =
                    Snapshot.find(reader, path, tree).map(Snapshot.Entry::id).orElse(ObjectId.zeroId());
            lastTree = tree.copy();
        }
        return lastEntry;
    }

    private static GitException noKey() {
        return GitException.invalid("nextPageKey must be that of a page before");
    }
}
