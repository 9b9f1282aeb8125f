package org.keptnative.configuration.upstream;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.Remote;
import org.keptnative.configuration.git.Remotes;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The upstreams of all projects. */
@Singleton
public class Upstreams implements Remotes {

    private static final Logger LOG = Logger.getLogger(Upstreams.class);
    /** So long a change that somebody makes in the cluster may stay unseen. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private record Known(Optional<Upstream> upstream, long since) {

        static Known now(Optional<Upstream> upstream) {
            return new Known(upstream, System.nanoTime());
        }

        boolean isFresh() {
            return System.nanoTime() - since < MAX_AGE.toNanos();
        }
    }

    private final CredentialStore credentials;
    private final int timeoutSeconds;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Upstreams(
            @ConfigProperty(name = "configuration.data-dir") Path directory,
            @ConfigProperty(name = "configuration.upstream.namespace") Optional<String> namespace,
            @ConfigProperty(name = "configuration.upstream.timeout-seconds") int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
        String server = System.getenv("KUBERNETES_SERVICE_HOST");
        boolean inCluster =
                server != null && namespace.isPresent() && Files.isReadable(SERVICE_ACCOUNT.resolve("token"));
        credentials = inCluster
                ? new SecretCredentialStore(apiServer(server), SERVICE_ACCOUNT, namespace.get())
                : new FileCredentialStore(directory);
        LOG.infof("event=credential-store kind=%s", inCluster ? "secret" : "file");
    }

    /** The user and the URL of an upstream, to be shown. What cannot be found out now is not shown. */
    public Optional<Upstream> toShow(String project) {
        try {
            return find(project);
        } catch (UncheckedIOException e) {
            LOG.warnf("event=credentials-unavailable project=%s reason=%s", project, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<Remote> of(String project) {
        return find(project).map(this::remote);
    }

    Remote remote(Upstream upstream) {
        return new GitRemote(upstream, timeoutSeconds);
    }

    void save(String project, Upstream upstream) {
        credentials.save(project, upstream);
        known.put(project, Known.now(Optional.of(upstream)));
    }

    /** If there is one. */
    public void forget(String project) {
        credentials.delete(project);
        known.remove(project);
    }

    private Optional<Upstream> find(String project) {
        Known last = known.get(project);
        if (last != null && last.isFresh()) {
            return last.upstream();
        }
        try {
            Known found = Known.now(credentials.find(project));
            known.put(project, found);
            return found.upstream();
        } catch (UncheckedIOException e) {
            if (last == null) {
                throw e;
            }
            LOG.warnf("event=credentials-unavailable project=%s reason=%s", project, e.getMessage());
            return last.upstream();
        }
    }

    private static URI apiServer(String host) {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("https://" + literal + ":" + System.getenv("KUBERNETES_SERVICE_PORT"));
    }
}
