package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** A project: one bare repository, with a branch for each stage and {@value Names#MASTER} for the project as a whole. */
public final class GitProject {

    public static final String SHIPYARD = "shipyard.yaml";

    /** A longer shipyard, in bytes, is a file like any other. */
    private static final int MAX_SHIPYARD = 1024 * 1024;

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
                () -> new Draft(repository.now(), cache, settings.identity()),
                draft -> publications.of(this).publish(draft),
                committers,
                settings.maxWaiting());
    }

    public String name() {
        return name;
    }

    /** Nanoseconds since the epoch; null when the metadata do not say. */
    public Long created() {
        return master().map(this::facts).map(Facts::created).orElse(null);
    }

    public Optional<Snapshot> master() {
        return branch(Names.MASTER);
    }

    /** The text of the shipyard. */
    public Optional<String> shipyard() {
        return master().flatMap(master -> master.read(SHIPYARD, MAX_SHIPYARD)).map(MarkedText::decode);
    }

    /**
     * The stages: those that the shipyard names, in its order, and those of the metadata, in the order of their
     * creation. A branch that neither of them names is none.
     */
    public List<String> stages() {
        Set<String> branches = Heads.of(repository.now()).keySet();
        return master().map(this::facts).map(Facts::stageOrder).orElse(List.of()).stream()
                .filter(Names::isStage)
                .filter(branches::contains)
                .toList();
    }

    /** The stages that the shipyard and the metadata of a commit name, in this order; not all of them need exist. */
    public List<String> stagesNamedBy(Repository repository, ObjectId master) {
        return facts(new Snapshot(Names.MASTER, master, repository::newObjectReader, cache))
                .stageOrder();
    }

    public Optional<Snapshot> stage(String stage) {
        return Names.isStage(stage) ? branch(stage) : Optional.empty();
    }

    /** The state of a branch after an earlier commit of it; nothing when the branch never was at that commit. */
    public Optional<Snapshot> at(Snapshot head, String commit) {
        if (!ObjectId.isId(commit)) {
            throw GitException.invalid("gitCommitID must be 40 hexadecimal digits");
        }
        try (RevWalk walk = new RevWalk(repository.now())) {
            ObjectId id = ObjectId.fromString(commit);
            if (!repository.now().getObjectDatabase().has(id)
                    || walk.parseAny(id).getType() != Constants.OBJ_COMMIT) {
                return Optional.empty();
            }
            RevCommit earlier = walk.parseCommit(id);
            return walk.isMergedInto(earlier, walk.parseCommit(head.commit()))
                    ? Optional.of(snapshot(head.branch(), id))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commits that changed a file or a folder, the newest first. */
    public List<CommitInfo> history(Snapshot head, String path) {
        try (RevWalk walk = new RevWalk(repository.now())) {
            walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
            walk.markStart(walk.parseCommit(head.commit()));
            List<CommitInfo> changes = new ArrayList<>();
            for (RevCommit commit : walk) {
                changes.add(new CommitInfo(
                        commit.name(), Instant.ofEpochSecond(commit.getCommitTime()), commit.getFullMessage()));
            }
            return changes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        return write(change, null);
    }

    /** As {@link #write(Change)}, with objects that somebody else has made. The quarantine is closed in any case. */
    public <T> T write(Change<T> change, Quarantine quarantine) {
        try (Publication.Turn turn = publications.of(this).enter()) {
            return queue.write(change, quarantine, deadline);
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

    private Optional<Snapshot> branch(String branch) {
        return Optional.ofNullable(Heads.of(repository.now(), branch)).map(commit -> snapshot(branch, commit));
    }

    private Snapshot snapshot(String branch, ObjectId commit) {
        return new Snapshot(branch, commit, this::newReader, cache);
    }

    private ObjectReader newReader() {
        return repository.now().newObjectReader();
    }

    private record Facts(Long created, List<String> stageOrder) {}

    private Facts facts(Snapshot master) {
        return cache.get(master.tree(), "facts", () -> {
                    byte[] metadata =
                            master.read(Metadata.FILE, Snapshot.MAX_METADATA).orElse(new byte[0]);
                    byte[] shipyard = master.read(SHIPYARD, MAX_SHIPYARD).orElse(new byte[0]);
                    List<String> order = Stream.concat(
                                    Metadata.shipyardStages(shipyard).stream(), Metadata.stages(metadata).stream())
                            .distinct()
                            .toList();
                    return List.of(new Facts(Metadata.created(metadata), order));
                })
                .get(0);
    }
}
