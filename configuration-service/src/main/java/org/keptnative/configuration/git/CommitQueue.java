package org.keptnative.configuration.git;

import org.keptnative.configuration.git.GitException.Reason;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The writers of one project wait here. All that wait are published together (each change a commit of its own), so that
 * they share the cost of reaching the disk or the upstream. That happens in a thread of its own: a writer waits no
 * longer than its deadline, whatever the disk or the network does.
 */
final class CommitQueue {

    private static final int MAX_ATTEMPTS = 30;
    private static final Duration MAX_PATIENCE = Duration.ofMillis(5);

    private static final class Request<T> {
        final CompletableFuture<T> outcome = new CompletableFuture<>();
        private final Change<T> change;
        private final Quarantine quarantine;
        private T result;
        private RuntimeException refusal;

        Request(Change<T> change, Quarantine quarantine) {
            this.change = change;
            this.quarantine = quarantine;
        }

        void apply(Draft draft) {
            Draft.Mark mark = draft.mark();
            refusal = null;
            try {
                if (quarantine != null) {
                    draft.adopt(quarantine);
                }
                result = change.apply(draft);
            } catch (RuntimeException e) {
                refusal = e;
                draft.reset(mark);
            }
        }

        void settle() {
            if (refusal != null) {
                fail(refusal);
            } else {
                outcome.complete(result);
                close();
            }
        }

        void fail(RuntimeException reason) {
            outcome.completeExceptionally(reason);
            close();
        }

        void close() {
            if (quarantine != null) {
                quarantine.close();
            }
        }
    }

    private final Supplier<Draft> drafts;
    private final Publication publication;
    private final Executor committers;
    private final int limit;
    private final Duration maxPatience;
    private final List<Request<?>> waiting = new ArrayList<>();
    private boolean working;
    private int expected;

    /**
     * @param committers runs one task of this queue at a time
     * @param limit how many may wait
     */
    CommitQueue(Supplier<Draft> drafts, Publication publication, Executor committers, int limit) {
        this(drafts, publication, committers, limit, MAX_PATIENCE);
    }

    /** @param maxPatience for so long at most a batch waits for writers to come again */
    CommitQueue(Supplier<Draft> drafts, Publication publication, Executor committers, int limit, Duration maxPatience) {
        this.drafts = drafts;
        this.publication = publication;
        this.committers = committers;
        this.limit = limit;
        this.maxPatience = maxPatience;
    }

    /**
     * Waits until the change counts.
     *
     * @param quarantine objects that come with the change, or null; closed here once nobody needs it any more
     * @throws GitException {@link Reason#BUSY}, when too many wait already or the deadline has passed
     */
    <T> T write(Change<T> change, Quarantine quarantine, Duration deadline) {
        Request<T> request = new Request<>(change, quarantine);
        enqueue(request);
        try {
            return request.outcome.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw leave(request, "the change could not be made within " + deadline.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw leave(request, "the service is shutting down");
        }
    }

    private GitException leave(Request<?> request, String why) {
        synchronized (waiting) {
            if (waiting.remove(request)) {
                request.close();
                return GitException.busy(why + "; nothing was changed");
            }
        }
        request.outcome.cancel(false);
        return GitException.busy(why + ", but it is on its way and may still be made");
    }

    private void enqueue(Request<?> request) {
        synchronized (waiting) {
            if (waiting.size() >= limit) {
                request.close();
                throw GitException.busy("too many changes of this project are waiting; nothing was changed");
            }
            waiting.add(request);
            if (!working) {
                working = true;
                committers.execute(this::work);
            } else if (waiting.size() >= expected) {
                waiting.notifyAll();
            }
        }
    }

    private void work() {
        long patience = 0;
        for (List<Request<?>> batch; !(batch = takeAll(patience)).isEmpty(); ) {
            long begun = System.nanoTime();
            publish(batch);
            patience = Math.min((System.nanoTime() - begun) / 2, maxPatience.toNanos());
        }
    }

    /**
     * Writers come again as soon as they are answered, one by one. Were the first of them published alone, every other
     * batch would hold one change. So a batch waits for as many as there were at the last one.
     *
     * @param patience for how long at most, in nanoseconds
     */
    private List<Request<?>> takeAll(long patience) {
        synchronized (waiting) {
            expected += waiting.size();
            awaitExpected(patience);
            List<Request<?>> batch = new ArrayList<>(waiting);
            waiting.clear();
            working = !batch.isEmpty();
            expected = batch.size();
            return batch;
        }
    }

    private void awaitExpected(long patience) {
        long until = System.nanoTime() + patience;
        try {
            for (long left = patience; waiting.size() < expected && left > 0; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(waiting, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // publishing finds it
        }
    }

    private void publish(List<Request<?>> batch) {
        try {
            publishTogether(batch);
            batch.forEach(Request::settle);
        } catch (GitException e) {
            if (mayBeOfOne(e.reason()) && batch.size() > 1) {
                batch.forEach(request -> publish(List.of(request)));
            } else {
                fail(batch, e);
            }
        } catch (IOException e) {
            fail(batch, new UncheckedIOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(batch, GitException.busy("the service is shutting down"));
        } catch (RuntimeException e) {
            fail(batch, e);
        } catch (Error e) {
            fail(batch, new IllegalStateException("writing failed", e));
        }
    }

    /** Whether only one of several changes may be to blame. */
    private static boolean mayBeOfOne(Reason reason) {
        return reason == Reason.UPSTREAM_DECLINED || reason == Reason.UPSTREAM_DIVERGED;
    }

    private void publishTogether(List<Request<?>> batch) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            // Whoever has given up in the meantime is left out.
            List<Request<?>> present =
                    batch.stream().filter(request -> !request.outcome.isDone()).toList();
            if (present.isEmpty()) {
                return;
            }
            try (Draft draft = drafts.get()) {
                present.forEach(request -> request.apply(draft));
                if (publication.publish(draft)) {
                    return;
                }
            }
            if (attempt == MAX_ATTEMPTS) {
                throw GitException.busy("others keep changing the branches of this project; nothing was changed");
            }
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(5, 50));
        }
    }

    private static void fail(List<Request<?>> batch, RuntimeException reason) {
        batch.forEach(request -> request.fail(reason));
    }
}
