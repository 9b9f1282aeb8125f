package org.keptnative.configuration.upstream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.StoreConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The credentials of the upstreams. The repository says which ones a project has ({@link UpstreamRef}), so they are
 * asked for once for each change of them, and what they are kept in may be away meanwhile. They are kept under the id of
 * that ref, so whoever loses a race, here or in another replica, touches only his own.
 */
@Singleton
final class Credentials {

    private static final Logger LOG = Logger.getLogger(Credentials.class);
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** So long a store that failed is not asked again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private record Known(UpstreamRef ref, Upstream upstream) {}

    private record Kept(String key, Upstream upstream) {}

    private final CredentialStore store;
    private final Map<String, UpstreamRef> refs = new ConcurrentHashMap<>();
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile long notBefore = System.nanoTime();

    @Inject
    Credentials(
            StoreConfig repositories,
            @ConfigProperty(name = "configuration.upstream.credentials-dir") Optional<Path> shared,
            @ConfigProperty(name = "configuration.upstream.namespace") Optional<String> namespace) {
        this(store(repositories, shared, namespace));
    }

    Credentials(CredentialStore store) {
        this.store = store;
    }

    /** Without asking anybody else, for a project that was made by this edition. */
    UpstreamRef ref(GitProject project) {
        return ref(project, project.repository().open());
    }

    /** As it was when the repository was last looked at, for a publication that goes on only if it is so still. */
    UpstreamRef knownRef(GitProject project) {
        return ref(project, project.repository().openKnown());
    }

    private UpstreamRef ref(GitProject project, Repository opened) {
        try (Repository repository = opened) {
            UpstreamRef last = refs.get(project.name());
            UpstreamRef ref = UpstreamRef.of(repository, last);
            if (ref != last) {
                refs.put(project.name(), ref);
            }
            return ref.isUnknown() ? adopt(project, ref) : ref;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws GitException when there are none, or they cannot be read now */
    Upstream of(GitProject project, UpstreamRef ref) {
        Known last = known.get(project.name());
        if (last != null && last.ref.equals(ref)) {
            return last.upstream;
        }
        Upstream found = find(project.name(), ref)
                .orElseThrow(() -> GitException.invalid(
                        "the credentials of " + ref.remoteURI() + " are missing; set the upstream again"));
        known.put(project.name(), new Known(ref, found));
        return found;
    }

    /** @throws GitException when credentials cannot be kept, or not now */
    void requireUsable(String project) {
        reach(() -> {
            store.requireUsable();
            return store.find(project);
        });
    }

    void save(String project, UpstreamRef ref, Upstream upstream) {
        reach(() -> {
            store.save(ref.key(project), upstream);
            return null;
        });
    }

    /** If there are any. */
    void forget(String project, UpstreamRef ref) {
        refs.remove(project);
        known.remove(project);
        if (!ref.isNone()) {
            reach(() -> {
                store.delete(locate(project, ref).map(Kept::key).orElse(ref.key(project)));
                return null;
            });
        }
    }

    /** Those of a project that is gone. */
    void forget(String project, ObjectId ref) {
        reach(() -> {
            store.delete(UpstreamRef.key(project, ref));
            return null;
        });
    }

    /** Of those that were saved before, removes what is not used. */
    void sweep(Instant time, Predicate<String> isUsed) {
        for (String key : store.savedBefore(time)) {
            if (!isUsed.test(key)) {
                LOG.infof("event=unused-credentials-removed key=%s", key);
                store.delete(key);
            }
        }
    }

    /** After the server has refused them: somebody may have renewed them by hand. */
    void doubt(String project) {
        known.remove(project);
    }

    /** What the former edition has left says nothing in the repository; now it does. */
    private UpstreamRef adopt(GitProject project, UpstreamRef unknown) {
        try {
            project.publish(
                    unknown.replacedBy(reach(() -> store.find(project.name())).orElse(null))
                            .batch());
            return UpstreamRef.of(project);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Upstream> find(String project, UpstreamRef ref) {
        return reach(() -> locate(project, ref)).map(Kept::upstream);
    }

    /** A former edition has kept them under the name of the project, as people do who bring them by hand. */
    private Optional<Kept> locate(String project, UpstreamRef ref) {
        return Stream.of(ref.key(project), project)
                .flatMap(key -> store.find(key).map(upstream -> new Kept(key, upstream)).stream())
                .filter(kept -> kept.upstream.remoteURI().equals(ref.remoteURI()))
                .findFirst();
    }

    private <T> T reach(Supplier<T> action) {
        if (System.nanoTime() - notBefore < 0) {
            throw unavailable(null);
        }
        try {
            return action.get();
        } catch (UncheckedIOException e) {
            LOG.warnf("event=credentials-unavailable reason=%s", e.getMessage());
            if (!(e.getCause() instanceof FileSystemException)) { // one file says nothing of the others
                notBefore = System.nanoTime() + PAUSE.toNanos();
            }
            throw unavailable(e);
        }
    }

    private static GitException unavailable(Exception cause) {
        return new GitException(
                Reason.UNAVAILABLE, "the credentials of the upstream cannot be read now, so try again later", cause);
    }

    private static CredentialStore store(StoreConfig repositories, Optional<Path> shared, Optional<String> namespace) {
        String server = System.getenv("KUBERNETES_SERVICE_HOST");
        boolean inCluster =
                server != null && namespace.isPresent() && Files.isReadable(SERVICE_ACCOUNT.resolve("token"));
        CredentialStore store = inCluster
                ? new SecretCredentialStore(apiServer(server), SERVICE_ACCOUNT, namespace.get())
                : outsideOfACluster(repositories, shared);
        LOG.infof("event=credential-store kind=%s", store.getClass().getSimpleName());
        return store;
    }

    static CredentialStore outsideOfACluster(StoreConfig repositories, Optional<Path> shared) {
        if (shared.isPresent()) {
            return new FileCredentialStore(shared.get(), true);
        }
        return switch (repositories.store()) {
            case FILES -> new FileCredentialStore(repositories.directory(), false);
            case MONGODB -> new NoCredentialStore();
        };
    }

    private static URI apiServer(String host) {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("https://" + literal + ":" + System.getenv("KUBERNETES_SERVICE_PORT"));
    }
}
