package org.keptnative.configuration.git;

import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.text.ParseException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Packs the objects of a repository in the background when there are many, while it is read and written as ever. */
final class Packer {

    private static final Logger LOG = Logger.getLogger(Packer.class);

    /** After so many new objects it is worth to look how many lie around. */
    private static final int LOOK_AFTER = 500;

    private final FileRepository repository;
    private final Executor background;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** @param background runs one repository at a time, so that packing never takes all of the machine */
    Packer(FileRepository repository, Executor background) {
        this.repository = repository;
        this.background = background;
    }

    void written(int objects) {
        if (written.addAndGet(objects) < LOOK_AFTER || !scheduled.compareAndSet(false, true)) {
            return;
        }
        written.set(0);
        try {
            background.execute(this::packIfNeeded);
        } catch (RejectedExecutionException e) {
            // the service is shutting down; the next start looks again
        }
    }

    private void packIfNeeded() {
        long start = System.nanoTime();
        try {
            GC gc = new GC(repository);
            gc.setAuto(true);
            gc.gc();
            LOG.debugf("event=packed repository=%s ms=%d", repository, (System.nanoTime() - start) / 1_000_000);
        } catch (IOException | ParseException | GitAPIException | RuntimeException e) {
            LOG.warnf(e, "event=packing-failed repository=%s", repository);
        } finally {
            scheduled.set(false);
        }
    }
}
