package org.keptnative.configuration.upstream;

import io.micrometer.core.instrument.Metrics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Publication;
import org.keptnative.configuration.git.Publications;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The upstreams of all projects: writes go through them, reads ask them for news. */
@Singleton
public class Upstreams implements Publications {

    private static final Logger LOG = Logger.getLogger(Upstreams.class);

    private record Watch(GitProject project, UpstreamHealth health, SharedQuestion news) {}

    private final Credentials credentials;
    private final WaitingRoom room;
    private final UpstreamConnections connections;
    private final int timeoutSeconds;
    private final Duration interval;
    private final Duration patience;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final ExecutorService background = Executors.newCachedThreadPool();

    Upstreams(
            Credentials credentials,
            WaitingRoom room,
            UpstreamConnections connections,
            @ConfigProperty(name = "configuration.upstream.timeout-seconds") int timeoutSeconds,
            @ConfigProperty(name = "configuration.upstream.fetch-interval") Duration interval,
            @ConfigProperty(name = "configuration.upstream.read-patience") Duration patience) {
        this.credentials = credentials;
        this.room = room;
        this.connections = connections;
        this.timeoutSeconds = timeoutSeconds;
        this.interval = interval;
        this.patience = patience;
    }

    @PreDestroy
    void close() {
        background.shutdownNow();
    }

    @Override
    public Publication of(GitProject project) {
        UpstreamRef ref = credentials.knownRef(project);
        if (ref.isNone()) {
            return draft -> project.publish(draft.batch().provided(ref.unchanged()));
        }
        UpstreamHealth health = watch(project).health();
        return new UpstreamPublication(
                project, ref, remote(project, ref), () -> follow(project, ref), () -> room.enter(health));
    }

    /** Waits a little for the news. An upstream that is down or slow makes no read fail: the present state is served. */
    @Override
    public void refresh(GitProject project) {
        try {
            if (credentials.ref(project).isNone()) {
                return;
            }
        } catch (GitException e) {
            return;
        }
        Watch watch = watch(project);
        if (watch.health().isAsked(interval)) {
            return;
        }
        Optional<Publication.Turn> place = room.tryEnter(watch.health());
        if (place.isEmpty()) {
            return;
        }
        try (Publication.Turn turn = place.get()) {
            watch.news().ask().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The present state is served.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks the upstream for news, whatever was known, and waits for them.
     *
     * @throws GitException when there is no upstream, or it does not answer
     */
    public void ask(GitProject project) {
        required(project);
        Watch watch = watch(project);
        try (Publication.Turn turn = room.enter(watch.health())) {
            watch.news().ask().get(timeoutSeconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof GitException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw GitException.busy("the upstream of this project does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GitException.busy("the service is shutting down");
        }
    }

    public Optional<String> remoteURI(GitProject project) {
        try {
            return Optional.of(credentials.ref(project))
                    .filter(ref -> !ref.isNone())
                    .map(UpstreamRef::remoteURI);
        } catch (GitException e) {
            return Optional.empty(); // it cannot be found out now
        }
    }

    /** How a project and its upstream stand. */
    public Optional<UpstreamState> toShow(GitProject project) {
        UpstreamRef ref;
        try {
            ref = credentials.ref(project);
        } catch (GitException e) {
            return Optional.empty();
        }
        return ref.isNone()
                ? Optional.empty()
                : Optional.of(UpstreamState.of(ref, watch(project).health(), project));
    }

    UpstreamRef required(GitProject project) {
        UpstreamRef ref = credentials.ref(project);
        if (ref.isNone()) {
            throw GitException.invalid("the project has no upstream");
        }
        return ref;
    }

    Remote remote(GitProject project, UpstreamRef ref) {
        return new WatchedRemote(
                () -> remote(credentials.of(project, ref)), watch(project).health());
    }

    Remote remote(Upstream upstream) {
        return new GitRemote(upstream, connections, timeoutSeconds);
    }

    /** For all that one operation asks of an upstream. */
    TimeLimit limit() {
        return new TimeLimit(timeoutSeconds);
    }

    /** What was learnt about an upstream does not hold for the next one. */
    void forget(String project) {
        watches.remove(project);
    }

    /** Records what following has found. */
    Following record(GitProject project, Following following) {
        following.rewritten().forEach((branch, former) -> {
            LOG.warnf("event=upstream-rewritten project=%s branch=%s kept=%s", project.name(), branch, former.name());
            Metrics.counter("upstream.branches.rewritten").increment();
        });
        UpstreamHealth health = watch(project).health();
        if (!health.diverged().equals(following.diverged())) {
            LOG.warnf("event=upstream-diverged project=%s branches=%s", project.name(), following.diverged());
        }
        health.diverged(following.diverged());
        return following;
    }

    private Following follow(GitProject project, UpstreamRef ref) throws IOException {
        return record(project, new UpstreamBranches(project, ref, remote(project, ref)).follow(false));
    }

    /** A project that is made anew under the name has nothing in common with the former one. */
    private Watch watch(GitProject project) {
        Watch present = watches.get(project.name());
        return present != null && present.project() == project
                ? present
                : watches.compute(
                        project.name(),
                        (name, last) -> last != null && last.project() == project
                                ? last
                                : new Watch(
                                        project,
                                        new UpstreamHealth(),
                                        new SharedQuestion(() -> news(project), background)));
    }

    private void news(GitProject project) {
        UpstreamHealth health = watch(project).health();
        try {
            UpstreamRef ref = credentials.ref(project);
            if (!ref.isNone()) {
                follow(project, ref);
            }
        } catch (GitException e) {
            LOG.warnf("event=upstream-unavailable project=%s reason=%s", project.name(), e.getMessage());
            if (e.reason() == Reason.UPSTREAM_UNREACHABLE) {
                credentials.doubt(project.name());
            }
            throw e;
        } catch (IOException e) {
            LOG.errorf(e, "event=upstream-sync-failed project=%s", project.name());
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "event=upstream-sync-failed project=%s", project.name());
            throw e;
        } finally {
            health.asked();
        }
    }
}
