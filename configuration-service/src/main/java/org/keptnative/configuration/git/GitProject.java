package org.keptnative.configuration.git;

import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A project: one bare repository, with a branch for each stage and {@value Names#MASTER} for the project as a whole. */
public final class GitProject {

    public static final String SHIPYARD = "shipyard.yaml";

    /** By so many seconds the clocks of those who commit may differ. */
    private static final int MAX_CLOCK_SKEW = 24 * 60 * 60;

    private final String name;
    private final ProjectRepository repository;
    private final TreeCache cache;
    private final Publications publications;
    private final CommitQueue queue;
    private final Duration deadline;
    private final Lock publishing = new ReentrantLock();
    private boolean closed;

    GitProject(
            String name,
            ProjectRepository repository,
            Publications publications,
            TreeCache cache,
            Executor committers,
            WriteSettings settings) {
        this.name = name;
        this.repository = repository;
        this.publications = publications;
        this.cache = cache;
        this.deadline = settings.deadline();
        this.queue = new CommitQueue(
                () -> new Draft(repository.open(), cache, settings.identity()),
                draft -> publications.of(this).publish(draft),
                committers,
                settings.maxWaiting());
    }

    public String name() {
        return name;
    }

    /** Nanoseconds since the epoch; null when the metadata do not say. */
    public Long created() {
        // It stays as it is, so any state will do.
        try (Repository opened = repository.openKnown()) {
            Long imported = Imported.of(opened, cache).created();
            ObjectId master = Heads.of(opened, Names.MASTER);
            return imported != null || master == null
                    ? imported
                    : ProjectState.facts(snapshot(opened, Names.MASTER, master), cache)
                            .created();
        }
    }

    public Optional<Snapshot> master() {
        return branch(Names.MASTER);
    }

    /** All branches as they are at this moment, by one look at the refs. */
    public ProjectState now() {
        try (Repository opened = repository.open()) {
            return ProjectState.of(
                    name,
                    Heads.of(opened),
                    Imported.of(opened, cache),
                    cache,
                    (branch, commit) -> lasting(opened, branch, commit));
        }
    }

    /** The names of the stages, in the order of {@link ProjectState#stages}. */
    public List<String> stages() {
        return now().stages().stream().map(Snapshot::branch).toList();
    }

    /** The commits of all branches, by name. */
    public Map<String, ObjectId> heads() {
        try (Repository opened = repository.open()) {
            return Heads.of(opened);
        }
    }

    /** The stages that the shipyard and the metadata of a commit name, in this order; not all of them need exist. */
    public List<String> stagesNamedBy(Repository repository, ObjectId master) {
        return ProjectState.facts(snapshot(repository, Names.MASTER, master), cache)
                .with(Imported.of(repository, cache))
                .stageOrder();
    }

    /** The branches that are stages after a commit of {@code master}. */
    List<String> stagesAfter(Repository repository, ObjectId master) {
        return ProjectState.facts(snapshot(repository, Names.MASTER, master), cache)
                .with(Imported.of(repository, cache))
                .stagesOf(Heads.of(repository).keySet());
    }

    public Optional<Snapshot> stage(String stage) {
        return Names.isStage(stage) ? branch(stage) : Optional.empty();
    }

    /** The state of a branch after an earlier commit of it; nothing when the branch never was at that commit. */
    public Optional<Snapshot> at(Snapshot head, String commit) {
        if (!ObjectId.isId(commit)) {
            throw GitException.invalid("gitCommitID must be 40 hexadecimal digits");
        }
        ObjectId id = ObjectId.fromString(commit);
        try (ObjectReader reader = head.newReader()) {
            return isReached(reader, head.commit(), id) ? Optional.of(head.at(id)) : Optional.empty();
        } catch (IOException e) {
            throw head.failure(e);
        }
    }

    /** A branch that was at a commit leads to it by steps that are about in the order of time. */
    private static boolean isReached(ObjectReader reader, ObjectId head, ObjectId commit) throws IOException {
        if (head.equals(commit)) {
            return true;
        }
        try (Frontier walk = new Frontier(reader, List.of(head));
                RevWalk one = new RevWalk(reader)) {
            int time = one.parseCommit(commit).getCommitTime();
            while (walk.time() >= time - MAX_CLOCK_SKEW) {
                RevCommit next = walk.next();
                if (next.equals(commit)) {
                    return true;
                }
                walk.follow(next);
            }
            return false;
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        }
    }

    /**
     * The commits that changed a file or a folder, the newest first.
     *
     * @param key that of the page before; null or empty for the first page
     * @throws GitException when the key is none
     */
    public CommitPage history(Snapshot head, String path, String key, int size) {
        try (ObjectReader reader = head.newReader()) {
            return new PathHistory(reader, path).page(key == null || key.isEmpty() ? head.version() : key, size);
        } catch (IOException e) {
            throw head.failure(e);
        }
    }

    /** Prepares content for a change: named and compressed here, not in the queue. */
    public Blob blob(byte[] content) {
        return Blob.of(content);
    }

    /**
     * Makes the change durable as a whole, or not at all. What the change throws is thrown here.
     *
     * @throws GitException when it cannot be made now; {@link GitException.Reason#BUSY}, when it takes too long
     */
    public <T> T write(Change<T> change) {
        return write(change, null, deadline);
    }

    /**
     * As {@link #write(Change)}, with objects that somebody else has made.
     *
     * @param quarantine stays the caller's to close
     * @param patience so long it may take
     */
    public <T> T write(Change<T> change, Quarantine quarantine, Duration patience) {
        try (Publication.Turn turn = publications.of(this).enter()) {
            return queue.write(change, quarantine == null ? null : quarantine.share(), patience);
        }
    }

    /** Publishes a draft here alone; false when somebody else was faster. */
    public boolean publish(Draft draft) throws IOException {
        return publish(draft.batch());
    }

    /** As {@link ProjectRepository#publish}; never waits for a network. */
    public boolean publish(Batch batch) throws IOException {
        publishing.lock();
        try {
            if (closed) {
                throw GitException.invalid("Project does not exist");
            }
            return repository.publish(batch);
        } finally {
            publishing.unlock();
        }
    }

    /** What Git's own protocols read and write; to be published by {@link #publish(Batch)} or a change. */
    public ProjectRepository repository() {
        return repository;
    }

    /** Waits for what is being published, and refuses all that comes. */
    void close() {
        publishing.lock();
        try {
            closed = true;
        } finally {
            publishing.unlock();
        }
        repository.close();
    }

    /** Any branch, whether it is a stage or not. */
    public Optional<Snapshot> branch(String branch) {
        try (Repository opened = repository.open()) {
            return Optional.ofNullable(Heads.of(opened, branch)).map(commit -> lasting(opened, branch, commit));
        }
    }

    /** A branch as it would be with a commit of another repository, such as that of a {@link Quarantine}. */
    public Snapshot snapshot(Repository repository, String branch, ObjectId commit) {
        return new Snapshot(branch, commit, repository::newObjectReader, cache);
    }

    /** Can be read after the repository is closed. */
    private Snapshot lasting(Repository seen, String branch, ObjectId commit) {
        return new Snapshot(branch, commit, () -> new HeldReader(repository.reopen(seen)), cache);
    }
}
