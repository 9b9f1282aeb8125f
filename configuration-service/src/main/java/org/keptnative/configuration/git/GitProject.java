package org.keptnative.configuration.git;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.keptnative.configuration.error.ApiException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A project: one bare repository, with a branch for each stage and {@value Names#MASTER} for the project as a whole. */
public final class GitProject {

    public static final String SHIPYARD = "shipyard.yaml";

    /** A longer shipyard, in bytes, is a file like any other. */
    private static final int MAX_SHIPYARD = 1024 * 1024;

    private final String name;
    private final FileRepository repository;
    private final TreeCache cache;
    private final Writer writer;

    GitProject(
            String name,
            FileRepository repository,
            TreeCache cache,
            Executor disk,
            Executor background,
            Supplier<Optional<Remote>> remote) {
        this.name = name;
        this.repository = repository;
        this.cache = cache;
        this.writer = new Writer(repository, cache, disk, new Packer(repository, background), remote);
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
        return master().flatMap(master -> master.read(SHIPYARD, MAX_SHIPYARD))
                .map(text -> new String(text, StandardCharsets.UTF_8));
    }

    /** The stages, in the order of the shipyard; those it does not name follow in the order of their creation. */
    public List<String> stages() {
        Set<String> present = new LinkedHashSet<>();
        Heads.of(repository).keySet().stream().sorted().filter(Names::isStage).forEach(present::add);
        List<String> order = master().map(this::facts).map(Facts::stageOrder).orElse(List.of());
        return Stream.concat(order.stream().filter(present::contains), present.stream())
                .distinct()
                .toList();
    }

    public Optional<Snapshot> stage(String stage) {
        return Names.isStage(stage) ? branch(stage) : Optional.empty();
    }

    /** The state of a branch after an earlier commit of it; nothing when the branch never was at that commit. */
    public Optional<Snapshot> at(Snapshot head, String commit) {
        if (!ObjectId.isId(commit)) {
            throw ApiException.badRequest("gitCommitID must be 40 hexadecimal digits");
        }
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = ObjectId.fromString(commit);
            if (!repository.getObjectDatabase().has(id) || walk.parseAny(id).getType() != Constants.OBJ_COMMIT) {
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
        try (RevWalk walk = new RevWalk(repository)) {
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

    /** Prepares content for a change, so that large ones are on the disk before anybody has to wait for them. */
    public Blob blob(byte[] content) {
        return writer.blob(content);
    }

    /** Makes the change durable as a whole, or not at all. What the change throws is thrown here. */
    public <T> T write(Change<T> change) {
        return writer.write(change);
    }

    /**
     * Moves the branches to where they are in the remote. Readers and writers go on while the network is asked.
     *
     * @throws ApiException 400, when the remote cannot be used
     */
    public Remote.Branches sync(Remote from) {
        try {
            Map<String, ObjectId> before = Heads.of(repository);
            Remote.Branches branches = from.fetch(repository);
            writer.exclusively(() -> Heads.align(repository, before, branches));
            return branches;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Pushes all branches to a remote that is about to become the one of this project.
     *
     * @param accepted runs when the remote has all, before any other write
     * @throws ApiException 400, when the remote cannot be used or has another history
     */
    public void offer(Remote to, Runnable accepted) {
        try {
            writer.exclusively(() -> {
                List<ReceiveCommand> missing = Heads.missingIn(repository, to.fetch(repository));
                if (!missing.isEmpty() && !to.push(repository, missing)) {
                    throw ApiException.badRequest("somebody else is changing it");
                }
                accepted.run();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close(Runnable lastAction) {
        writer.close(lastAction);
        repository.close();
    }

    private Optional<Snapshot> branch(String branch) {
        return Optional.ofNullable(Heads.of(repository, branch)).map(commit -> snapshot(branch, commit));
    }

    private Snapshot snapshot(String branch, ObjectId commit) {
        return new Snapshot(branch, commit, this::newReader, cache);
    }

    private ObjectReader newReader() {
        if (!repository.getDirectory().isDirectory()) {
            throw ApiException.notFound("Project not found");
        }
        return repository.newObjectReader();
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
