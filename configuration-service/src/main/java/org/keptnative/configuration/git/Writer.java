package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.error.ApiException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one place where a repository is written. Writers queue at a fair lock; whoever holds it publishes all changes
 * that wait (each a commit of its own), so that they share the cost of reaching the disk.
 * The lock only saves work: what is right rests on the compare-and-set of the branches.
 */
final class Writer {

    /** Contents up to this length, in bytes, reach the disk together with the commit, others before the queue. */
    private static final int SMALL = 64 * 1024;

    private static final int MAX_ATTEMPTS = 30;

    /** No process holds a lock of Git for so long, unless it was killed. */
    private static final Duration STALE = Duration.ofMinutes(1);

    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Attempt {
        boolean succeeds() throws IOException, InterruptedException;
    }

    private static final class Request {
        final Change<?> change;
        Object result;
        RuntimeException failure;
        boolean done;

        Request(Change<?> change) {
            this.change = change;
        }

        void fail(RuntimeException reason) {
            failure = reason;
            done = true;
        }
    }

    private final Repository repository;
    private final TreeCache cache;
    private final Executor disk;
    private final Packer packer;
    private final Supplier<Optional<Remote>> remote;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** @param disk runs the writes of single objects, which wait for the disk and can do so side by side */
    Writer(Repository repository, TreeCache cache, Executor disk, Packer packer, Supplier<Optional<Remote>> remote) {
        this.repository = repository;
        this.cache = cache;
        this.disk = disk;
        this.packer = packer;
        this.remote = remote;
    }

    Blob blob(byte[] content) {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            if (content.length <= SMALL) {
                return new Blob(formatter.idFor(Constants.OBJ_BLOB, content), content);
            }
        }
        return new Blob(insert(new Draft.NewObject(Constants.OBJ_BLOB, content)), null);
    }

    @SuppressWarnings("unchecked")
    <T> T write(Change<T> change) {
        Request request = new Request(change);
        waiting.add(request);
        lock.lock();
        try {
            if (!request.done) {
                publish(takeAll());
            }
        } finally {
            lock.unlock();
        }
        if (request.failure != null) {
            throw request.failure;
        }
        return (T) request.result;
    }

    /** Runs an action that no write of this process may overlap. */
    void exclusively(Action action) throws IOException {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Runs an action that no write may overlap, then refuses all writes to come. */
    void close(Runnable action) {
        lock.lock();
        try {
            action.run();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private List<Request> takeAll() {
        List<Request> batch = new ArrayList<>();
        for (Request request; (request = waiting.poll()) != null; ) {
            batch.add(request);
        }
        return batch;
    }

    private void publish(List<Request> batch) {
        try {
            repeat(() -> tryPublish(batch));
            batch.forEach(request -> request.done = true);
        } catch (IOException e) {
            batch.forEach(request -> request.fail(new UncheckedIOException(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batch.forEach(request -> request.fail(new ApiException(503, "the service is shutting down")));
        } catch (RuntimeException e) {
            if (batch.size() > 1) {
                batch.forEach(request -> publish(List.of(request))); // only one of them may be to blame
            } else {
                batch.get(0).fail(e);
            }
        } catch (Error e) {
            batch.forEach(request -> request.fail(new IllegalStateException("writing failed", e)));
            throw e;
        }
    }

    private void repeat(Attempt attempt) throws IOException, InterruptedException {
        for (int count = 1; !attempt.succeeds(); count++) {
            if (count == MAX_ATTEMPTS) {
                throw new IOException("other processes keep changing the branches of " + repository.getDirectory());
            }
            Leftovers.removeLocks(repository.getDirectory().toPath(), STALE);
            Thread.sleep(ThreadLocalRandom.current().nextInt(5, 50));
        }
    }

    private boolean tryPublish(List<Request> batch) throws IOException, InterruptedException {
        if (closed) {
            throw ApiException.badRequest("Project does not exist");
        }
        Draft draft = new Draft(repository, cache);
        for (Request request : batch) {
            Map<String, ObjectId> mark = draft.mark();
            request.failure = null;
            try {
                request.result = request.change.apply(draft);
            } catch (RuntimeException e) {
                request.failure = e;
                draft.reset(mark);
            }
        }
        List<ReceiveCommand> changes = draft.refChanges();
        if (changes.isEmpty()) {
            return true;
        }
        store(draft);
        if (!publish(changes, remote.get().orElse(null))) {
            return false;
        }
        packer.written(draft.objects().size());
        return true;
    }

    /** Where there is a remote, it decides; whoever was faster there has the branches moved here. */
    private boolean publish(List<ReceiveCommand> changes, Remote remote) throws IOException, InterruptedException {
        if (remote == null) {
            return RefUpdates.apply(repository, changes);
        }
        if (!remote.push(repository, changes)) {
            Heads.align(repository, Heads.of(repository), remote.fetch(repository));
            return false;
        }
        repeat(() -> RefUpdates.apply(repository, changes));
        return true;
    }

    private void store(Draft draft) {
        try {
            CompletableFuture.allOf(draft.objects().values().stream()
                            .map(object -> CompletableFuture.runAsync(() -> insert(object), disk))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private ObjectId insert(Draft.NewObject object) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(object.type(), object.content());
            inserter.flush();
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
