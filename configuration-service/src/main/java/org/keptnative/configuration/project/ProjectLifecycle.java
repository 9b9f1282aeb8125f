package org.keptnative.configuration.project;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Publications;
import org.keptnative.configuration.service.ServiceHistory;
import org.keptnative.configuration.upstream.Upstream;
import org.keptnative.configuration.upstream.UpstreamWriter;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The life of a project: its repository, the credentials of its upstream and what is remembered of its services come
 * and go together, one thing at a time for each name.
 */
@Singleton
public class ProjectLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProjectStore projects;
    private final UpstreamWriter upstreams;
    private final ServiceHistory history;
    private final NameLocks locks = new NameLocks();

    ProjectLifecycle(ProjectStore projects, UpstreamWriter upstreams, ServiceHistory history) {
        this.projects = projects;
        this.upstreams = upstreams;
        this.history = history;
    }

    /** Creates a project whole or not at all. */
    void create(String name, Optional<Upstream> upstream, Consumer<Draft> content) {
        make(name, upstreams.publications(upstream), project -> upstreams.fill(project, upstream, content));
    }

    /**
     * Takes a project over from another installation, whole or not at all.
     *
     * @param content gives it all that belongs to it; what it throws is thrown here
     */
    public void takeOver(String name, Consumer<GitProject> content) {
        make(name, Publications.LOCAL, content);
    }

    private void make(String name, Publications publications, Consumer<GitProject> content) {
        locks.exclusively(name, PATIENCE, () -> projects.create(name, publications, content, upstreams::forget));
    }

    void setUpstream(String name, Upstream upstream) {
        locks.exclusively(name, PATIENCE, () -> upstreams.replace(existing(name), upstream));
    }

    void reconcile(String name, boolean keepUpstream) {
        locks.exclusively(name, PATIENCE, () -> upstreams.reconcile(projects.get(name), keepUpstream));
    }

    /** Can be repeated, should a part of it fail. */
    void delete(String name) {
        locks.exclusively(name, PATIENCE, () -> {
            // One that another replica is about to make comes after this.
            projects.findPresent(name).ifPresent(project -> upstreams.delete(project, () -> projects.delete(name)));
            history.forgetProject(name);
        });
    }

    private GitProject existing(String name) {
        return projects.find(name).orElseThrow(() -> GitException.invalid("Project does not exist"));
    }
}
