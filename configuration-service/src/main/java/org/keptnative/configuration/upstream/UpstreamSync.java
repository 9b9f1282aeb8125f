package org.keptnative.configuration.upstream;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Remote;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Follows the upstreams when they are read. An upstream that is down or slow makes no read fail. */
@Singleton
public class UpstreamSync {

    private static final Logger LOG = Logger.getLogger(UpstreamSync.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private record Attempt(Future<?> fetch, long notBefore) {}

    private final Upstreams upstreams;
    private final Duration interval;
    private final Duration patience;
    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();
    private final ExecutorService background = Executors.newFixedThreadPool(4);

    UpstreamSync(
            Upstreams upstreams,
            @ConfigProperty(name = "configuration.upstream.fetch-interval") Duration interval,
            @ConfigProperty(name = "configuration.upstream.read-patience") Duration patience) {
        this.upstreams = upstreams;
        this.interval = interval;
        this.patience = patience;
    }

    @PreDestroy
    void close() {
        background.shutdownNow();
    }

    /** Asks the upstream for news, unless that was done a moment ago, and waits a little for the answer. */
    public void refresh(GitProject project) {
        if (upstreams.toShow(project.name()).isEmpty()) {
            return;
        }
        Attempt attempt = attempts.compute(
                project.name(),
                (name, last) -> last == null || last.fetch.isDone() && System.nanoTime() - last.notBefore >= 0
                        ? start(project)
                        : last);
        try {
            attempt.fetch.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The present state is served.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Attempt start(GitProject project) {
        return new Attempt(background.submit(() -> fetch(project)), System.nanoTime() + interval.toNanos());
    }

    private void fetch(GitProject project) {
        try {
            Optional<Remote> remote = upstreams.of(project.name());
            remote.ifPresent(project::sync);
        } catch (RuntimeException e) {
            LOG.warnf("event=upstream-unavailable project=%s reason=%s", project.name(), e.getMessage());
            attempts.computeIfPresent(
                    project.name(),
                    (name, attempt) -> new Attempt(attempt.fetch, System.nanoTime() + AFTER_FAILURE.toNanos()));
        }
    }
}
