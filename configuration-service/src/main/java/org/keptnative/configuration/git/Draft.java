package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
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

/** The branches as a writer wants them. Nothing is on the disk before the draft is published. */
public final class Draft {

    record NewObject(int type, byte[] content) {}

    private final Repository repository;
    private final TreeCache cache;
    private final Map<String, ObjectId> before = new HashMap<>();
    private Map<String, ObjectId> after = new LinkedHashMap<>();
    private final Map<ObjectId, NewObject> objects = new LinkedHashMap<>();

    Draft(Repository repository, TreeCache cache) {
        this.repository = repository;
        this.cache = cache;
    }

    /** The branch as the changes so far leave it. */
    Optional<Snapshot> branch(String branch) {
        return Optional.ofNullable(head(branch)).map(commit -> new Snapshot(branch, commit, Reader::new, cache));
    }

    /**
     * Adds a commit on top of a branch, and makes the branch when there is none.
     *
     * @return the head of the branch: the new commit, or the present one when nothing would change
     */
    public String commit(String branch, TreeEdit edit, String message) {
        Optional<Snapshot> head = branch(branch);
        ObjectId oldTree = head.map(Snapshot::tree).orElse(null);
        try (ObjectReader reader = new Reader()) {
            ObjectId tree = edit.apply(oldTree, reader, content -> add(Constants.OBJ_TREE, content));
            if (tree.equals(oldTree)) {
                return head.orElseThrow().version();
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            head.ifPresent(parent -> commit.setParentId(parent.commit()));
            PersonIdent keptn = new PersonIdent("keptn", "keptn@keptn.com", Instant.now(), ZoneOffset.UTC);
            commit.setAuthor(keptn);
            commit.setCommitter(keptn);
            commit.setMessage(message);
            after.put(branch, add(Constants.OBJ_COMMIT, commit.build()));
            return after.get(branch).name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a branch that is to be made begin with a commit that is in the repository. */
    public void startFrom(String branch, ObjectId commit) {
        before.computeIfAbsent(branch, this::onDisk);
        after.put(branch, commit);
    }

    /** Makes the content known, so that it can be put into a tree. */
    public ObjectId add(Blob blob) {
        if (blob.content() != null) {
            objects.put(blob.id(), new NewObject(Constants.OBJ_BLOB, blob.content()));
        }
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
        branches.addAll(after.keySet());
        return branches.stream().flatMap(branch -> stage(branch).stream()).toList();
    }

    void createBranch(String branch, Snapshot from) {
        startFrom(branch, from.commit());
    }

    void deleteBranch(String branch) {
        before.computeIfAbsent(branch, this::onDisk);
        after.put(branch, null);
    }

    Map<String, ObjectId> mark() {
        return new LinkedHashMap<>(after);
    }

    void reset(Map<String, ObjectId> mark) {
        after = mark;
    }

    Map<ObjectId, NewObject> objects() {
        return objects;
    }

    List<ReceiveCommand> refChanges() {
        List<ReceiveCommand> changes = new ArrayList<>();
        after.forEach((branch, commit) -> {
            ObjectId from = Optional.ofNullable(before.get(branch)).orElse(ObjectId.zeroId());
            ObjectId to = Optional.ofNullable(commit).orElse(ObjectId.zeroId());
            if (!from.equals(to)) {
                changes.add(new ReceiveCommand(from, to, Constants.R_HEADS + branch));
            }
        });
        return changes;
    }

    private ObjectId head(String branch) {
        if (after.containsKey(branch)) {
            return after.get(branch);
        }
        return before.computeIfAbsent(branch, this::onDisk);
    }

    private ObjectId onDisk(String branch) {
        return Heads.of(repository, branch);
    }

    private ObjectId add(int type, byte[] content) {
        ObjectId id;
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            id = formatter.idFor(type, content);
        }
        objects.put(id, new NewObject(type, content));
        return id;
    }

    /** Also knows the objects that are not on the disk yet. */
    private final class Reader extends ObjectReader.Filter {

        private final ObjectReader stored = repository.newObjectReader();

        @Override
        protected ObjectReader delegate() {
            return stored;
        }

        @Override
        public ObjectReader newReader() {
            return new Reader();
        }

        @Override
        public boolean has(AnyObjectId id) throws IOException {
            return objects.containsKey(id) || super.has(id);
        }

        @Override
        public boolean has(AnyObjectId id, int type) throws IOException {
            return objects.containsKey(id) || super.has(id, type);
        }

        @Override
        public ObjectLoader open(AnyObjectId id) throws IOException {
            return open(id, OBJ_ANY);
        }

        @Override
        public ObjectLoader open(AnyObjectId id, int type) throws IOException {
            NewObject object = objects.get(id);
            return object != null
                    ? new ObjectLoader.SmallObject(object.type(), object.content())
                    : super.open(id, type);
        }
    }
}
