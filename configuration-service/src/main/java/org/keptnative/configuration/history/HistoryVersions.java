package org.keptnative.configuration.history;

import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells whether anything has happened in a stage since it was last looked at. Requests that come while the database is
 * asked share the next question, so each gets an answer that is newer than itself, and many clients cost few questions.
 */
@Singleton
class HistoryVersions {

    private final VersionStore store;
    private final Lock turn = new ReentrantLock();
    private Question next;

    HistoryVersions(VersionStore store) {
        this.store = store;
    }

    /** One round trip to the database. */
    private record Question(Set<String> projects, CompletableFuture<Map<String, Map<String, String>>> answer) {}

    /** The versions of the stages, by project and stage. A stage in which nothing ever happened has none. */
    Map<String, Map<String, String>> of(Collection<String> projects) {
        Question question;
        boolean asks;
        synchronized (this) {
            asks = next == null;
            next = asks ? new Question(new HashSet<>(), new CompletableFuture<>()) : next;
            next.projects.addAll(projects);
            question = next;
        }
        if (asks) {
            ask(question);
        }
        try {
            return question.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void ask(Question question) {
        turn.lock();
        try {
            synchronized (this) {
                next = null;
            }
            question.answer.complete(store.of(question.projects));
        } catch (RuntimeException | Error e) {
            question.answer.completeExceptionally(e);
        } finally {
            turn.unlock();
        }
    }
}
