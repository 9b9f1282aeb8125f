package org.keptnative.configuration.git.files;

import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import static java.util.stream.Collectors.partitioningBy;

/** Compare-and-set of one branch or of several at once. */
final class RefUpdates implements AutoCloseable {

    /** So long a lock is nobody else's for sure, with some time for the last rename. */
    private static final Duration SAFE = FileProjectRepository.STALE.minusSeconds(15);

    private final Repository repository;
    private final List<ReceiveCommand> expectations;
    private final List<ReceiveCommand> changes;
    private final LooseRef prepared;

    /**
     * Prepares what can be; {@link #apply()} makes it count.
     *
     * @param threads for what can be brought to the disk beside the objects
     * @param beside whether anything is to be: then locks are held meanwhile
     */
    RefUpdates(Repository repository, List<ReceiveCommand> commands, Executor threads, boolean beside) {
        this.repository = repository;
        Map<Boolean, List<ReceiveCommand>> moving = commands.stream()
                .collect(partitioningBy(command -> !command.getOldId().equals(command.getNewId())));
        this.expectations = moving.get(false);
        this.changes = moving.get(true);
        this.prepared = beside && changes.size() == 1 && changes.get(0).getType() == ReceiveCommand.Type.UPDATE
                ? new LooseRef(repository, changes.get(0), threads, SAFE)
                : null;
    }

    /**
     * Moves all branches or none, and returns when that would survive a power failure.
     *
     * @return false when a branch is no longer where it was, or somebody else is moving it right now
     */
    boolean apply() throws IOException {
        for (ReceiveCommand expectation : expectations) {
            if (!isAt(repository, expectation)) {
                return false;
            }
        }
        if (changes.isEmpty()) {
            return true;
        }
        if (prepared != null) {
            return prepared.commit();
        }
        boolean done = changes.size() == 1 ? one(repository, changes.get(0)) : all(repository, changes);
        if (done) {
            fsync(repository.getDirectory().toPath(), changes);
        }
        return done;
    }

    @Override
    public void close() {
        if (prepared != null) {
            prepared.close();
        }
    }

    static boolean isAt(Repository repository, ReceiveCommand expectation) throws IOException {
        Ref ref = repository.exactRef(expectation.getRefName());
        return expectation.getOldId().equals(ref == null ? ObjectId.zeroId() : ref.getObjectId());
    }

    /** A rename is durable only once its folder is; the root has {@code packed-refs}. */
    private static void fsync(Path root, List<ReceiveCommand> changes) throws IOException {
        Set<Path> folders = new HashSet<>();
        for (ReceiveCommand change : changes) {
            Path folder = root.resolve(change.getRefName()).getParent();
            folders.add(folder);
            // The folder itself is new at most with the first ref in it.
            while (change.getType() == ReceiveCommand.Type.CREATE
                    && !folder.getParent().equals(root)) {
                folder = folder.getParent();
                folders.add(folder);
            }
        }
        if (changes.size() > 1 || changes.get(0).getType() == ReceiveCommand.Type.DELETE) {
            folders.add(root);
        }
        for (Path folder : folders) {
            PackFiles.fsync(folder);
        }
    }

    private static boolean one(Repository repository, ReceiveCommand change) throws IOException {
        RefUpdate update = repository.updateRef(change.getRefName());
        update.setExpectedOldObjectId(change.getOldId());
        update.setForceUpdate(true);
        update.disableRefLog();
        RefUpdate.Result result;
        if (change.getType() == ReceiveCommand.Type.DELETE) {
            result = update.delete();
        } else {
            update.setNewObjectId(change.getNewId());
            result = update.forceUpdate();
        }
        return switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> true;
            case LOCK_FAILURE -> false;
            default -> throw new IOException("updating " + change.getRefName() + " failed: " + result);
        };
    }

    private static boolean all(Repository repository, List<ReceiveCommand> wanted) throws IOException {
        // A command can be tried once only.
        List<ReceiveCommand> changes = wanted.stream()
                .map(change -> new ReceiveCommand(change.getOldId(), change.getNewId(), change.getRefName()))
                .toList();
        BatchRefUpdate batch = repository.getRefDatabase().newBatchUpdate();
        batch.setAtomic(true);
        batch.setAllowNonFastForwards(true);
        batch.disableRefLog();
        batch.addCommand(changes);
        try (RevWalk walk = new RevWalk(repository)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
        for (ReceiveCommand change : changes) {
            switch (change.getResult()) {
                case OK, LOCK_FAILURE -> {}
                case REJECTED_OTHER_REASON -> {
                    // the others of a batch that failed as a whole
                }
                default -> throw new IOException("updating " + change.getRefName() + " failed: " + change.getResult());
            }
        }
        return changes.stream().allMatch(change -> change.getResult() == ReceiveCommand.Result.OK);
    }
}
