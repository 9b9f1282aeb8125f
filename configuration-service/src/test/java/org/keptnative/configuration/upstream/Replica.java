package org.keptnative.configuration.upstream;

import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Identity;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.RepositoryStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.git.TreeEdit;
import org.keptnative.configuration.git.WriteSettings;
import org.keptnative.configuration.git.files.FileStore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One process of the service, without its HTTP: its repositories in a store, its upstreams wherever they are. */
final class Replica {

    static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int TIMEOUT_SECONDS = 20;

    final ProjectStore projects;
    final Upstreams upstreams;
    final UpstreamWriter writer;

    Replica(Path directory, CredentialStore credentials) {
        this(directory, credentials, DEADLINE);
    }

    Replica(Path directory, CredentialStore credentials, Duration deadline) {
        this(directory, credentials, deadline, TIMEOUT_SECONDS);
    }

    Replica(Path directory, CredentialStore credentials, Duration deadline, int timeoutSeconds) {
        this(new FileStore(directory), credentials, deadline, timeoutSeconds);
    }

    Replica(RepositoryStore repositories, CredentialStore store, Duration deadline) {
        this(repositories, store, deadline, TIMEOUT_SECONDS);
    }

    private Replica(RepositoryStore repositories, CredentialStore store, Duration deadline, int timeoutSeconds) {
        Credentials credentials = new Credentials(store);
        upstreams = new Upstreams(
                credentials, new WaitingRoom(), connections(), timeoutSeconds, Duration.ZERO, Duration.ofSeconds(10));
        writer = new UpstreamWriter(upstreams, credentials);
        projects = new ProjectStore(repositories, upstreams, new WriteSettings(Identity.KEPTN, deadline, 100));
    }

    static UpstreamConnections connections() {
        return new UpstreamConnections(
                Optional.empty(), Optional.empty(), Optional.empty(), new UpstreamHosts(List.of(), false));
    }

    void close() throws IOException {
        projects.close();
        upstreams.close();
    }

    GitProject create(String name, Upstream upstream, String... stages) {
        Optional<Upstream> given = Optional.ofNullable(upstream);
        projects.create(
                name,
                writer.publications(given),
                project -> writer.fill(project, given, draft -> Layout.newProject(draft, name, List.of(stages), null)));
        return projects.get(name);
    }

    void delete(String name) {
        writer.delete(projects.get(name), () -> projects.delete(name));
    }

    void sweep(CredentialStore store, Instant start) {
        new CredentialSweep(projects, new Credentials(store)).sweep(start);
    }

    String put(String project, String branch, String path, String content) {
        GitProject found = projects.get(project);
        return found.write(draft -> draft.commit(
                branch, new TreeEdit().put(path, draft.add(found.blob(content.getBytes(UTF_8)))), "Updated " + path));
    }

    /** What a client would read. */
    List<String> files(String project, String stage) {
        return projects.fresh(project).stage(stage).orElseThrow().files("").stream()
                .map(Snapshot.File::path)
                .toList();
    }

    UpstreamState state(String project) {
        return upstreams.toShow(projects.get(project)).orElseThrow();
    }
}
