package org.keptnative.configuration.project;

import org.keptnative.configuration.git.GitException;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** One lock for each name. */
final class NameLocks {

    private final Set<String> taken = new HashSet<>();

    /** @throws GitException when the lock is not free in time */
    void exclusively(String name, Duration patience, Runnable action) {
        take(name, System.nanoTime() + patience.toNanos());
        try {
            action.run();
        } finally {
            release(name);
        }
    }

    private synchronized void take(String name, long deadline) {
        while (!taken.add(name)) {
            long rest = (deadline - System.nanoTime()) / 1_000_000;
            if (rest <= 0) {
                throw GitException.busy("somebody else is creating, changing or deleting the project");
            }
            try {
                wait(rest);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw GitException.busy("the service is shutting down");
            }
        }
    }

    private synchronized void release(String name) {
        taken.remove(name);
        notifyAll();
    }
}
