package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The branches as writers want them. Nothing is stored before the draft is published. */
public final class Draft implements AutoCloseable {

    /** What {@link #reset} goes back to. */
    record Mark(Map<String, ObjectId> refs, int objects, int quarantines) {}

    private final Repository repository;
    private final TreeCache cache;
    private final Identity identity;
    /** By the full name of the ref. */
    private final Map<String, ObjectId> before = new HashMap<>();

    private Map<String, ObjectId> after = new LinkedHashMap<>();
    private final Map<ObjectId, NewObject> objects = new LinkedHashMap<>();
    private final List<Quarantine> quarantines = new ArrayList<>();

    /** @param repository is closed with the draft */
    Draft(Repository repository, TreeCache cache, Identity identity) {
        this.repository = repository;
        this.cache = cache;
        this.identity = identity;
    }

    /** The repository as the draft makes it, to be read. */
    public Repository repository() {
        return new DraftRepository(repository, this::newReader);
    }

    public Batch batch() {
        return new Batch(repository.getIdentifier(), objects.values(), quarantines, refChanges());
    }

    /** The branch as the changes so far leave it. */
    public Optional<Snapshot> branch(String branch) {
        return Optional.ofNullable(head(branch)).map(commit -> new Snapshot(branch, commit, this::newReader, cache));
    }

    /**
     * Adds a commit on top of a branch, and makes the branch when there is none.
     *
     * @return the head of the branch: the new commit, or the present one when nothing would change
     */
    public String commit(String branch, TreeEdit edit, String message) {
        Optional<Snapshot> head = branch(branch);
        ObjectId oldTree = head.map(Snapshot::tree).orElse(null);
        try (ObjectReader reader = newReader()) {
            ObjectId tree = edit.apply(oldTree, reader, content -> add(Constants.OBJ_TREE, content));
            if (tree.equals(oldTree)) {
                return head.orElseThrow().version();
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            head.ifPresent(parent -> commit.setParentId(parent.commit()));
            PersonIdent author = new PersonIdent(identity.name(), identity.email(), Instant.now(), ZoneOffset.UTC);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            ObjectId id = add(Constants.OBJ_COMMIT, commit.build());
            startFrom(branch, id);
            return id.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a branch that is to be made begin with a commit that is in the repository. */
    public void startFrom(String branch, ObjectId commit) {
        set(Constants.R_HEADS + branch, commit);
    }

    /**
     * Moves a branch or a tag to what somebody else has made, for example the sender of a push.
     *
     * @param change says where the ref has to be; one that is not there yet is at the zero id
     * @return false when the ref is somewhere else
     */
    public boolean move(ReceiveCommand change) {
        ObjectId present = Optional.ofNullable(target(change.getRefName())).orElse(ObjectId.zeroId());
        if (!present.equals(change.getOldId())) {
            return false;
        }
        set(change.getRefName(), change.getNewId());
        return true;
    }

    /** Makes the objects of a quarantine part of what is published. */
    void adopt(Quarantine quarantine) {
        quarantines.add(quarantine);
    }

    /** Makes the content known, so that it can be put into a tree. */
    public ObjectId add(Blob blob) {
        objects.put(blob.id(), blob.object());
        return blob.id();
    }

    ObjectId add(byte[] content) {
        return add(Constants.OBJ_BLOB, content);
    }

    public Snapshot master() {
        return branch(Names.MASTER).orElseThrow();
    }

    /** The stage as the changes so far leave it. */
    public Optional<Snapshot> stage(String stage) {
        return Names.isStage(stage) ? branch(stage) : Optional.empty();
    }

    /** All stages, in no particular order. */
    public List<Snapshot> stages() {
        Set<String> branches = new TreeSet<>(Heads.of(repository).keySet());
        after.keySet().stream()
                .filter(ref -> ref.startsWith(Constants.R_HEADS))
                .forEach(ref -> branches.add(ref.substring(Constants.R_HEADS.length())));
        return branches.stream().flatMap(branch -> stage(branch).stream()).toList();
    }

    void createBranch(String branch, Snapshot from) {
        startFrom(branch, from.commit());
    }

    void deleteBranch(String branch) {
        startFrom(branch, null);
    }

    @Override
    public void close() {
        repository.close();
    }

    Mark mark() {
        return new Mark(new LinkedHashMap<>(after), objects.size(), quarantines.size());
    }

    /** Forgets what was done since, its objects included. */
    void reset(Mark mark) {
        after = mark.refs();
        List<ObjectId> added = new ArrayList<>(objects.keySet());
        added.subList(mark.objects(), added.size()).forEach(objects::remove);
        quarantines.subList(mark.quarantines(), quarantines.size()).clear();
    }

    private List<ReceiveCommand> refChanges() {
        List<ReceiveCommand> changes = new ArrayList<>();
        after.forEach((ref, target) -> {
            ObjectId from = Optional.ofNullable(before.get(ref)).orElse(ObjectId.zeroId());
            ObjectId to = Optional.ofNullable(target).orElse(ObjectId.zeroId());
            if (!from.equals(to)) {
                changes.add(new ReceiveCommand(from, to, ref));
            }
        });
        return changes;
    }

    private ObjectId head(String branch) {
        return target(Constants.R_HEADS + branch);
    }

    /** @return null when there is no such ref */
    private ObjectId target(String ref) {
        if (after.containsKey(ref)) {
            return after.get(ref);
        }
        return before.computeIfAbsent(ref, this::stored);
    }

    private void set(String ref, ObjectId target) {
        before.computeIfAbsent(ref, this::stored);
        after.put(ref, target);
    }

    private ObjectId stored(String ref) {
        return Heads.target(repository, ref);
    }

    private ObjectId add(int type, byte[] content) {
        return add(new Blob(NewObject.of(type, content)));
    }

    private ObjectReader newReader() {
        return new DraftReader(repository, objects, quarantines);
    }
}
