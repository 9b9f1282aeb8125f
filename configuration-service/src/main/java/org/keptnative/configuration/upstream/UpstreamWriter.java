package org.keptnative.configuration.upstream;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Remote;

import java.util.function.Consumer;

/** Gives projects an upstream. What fails leaves everything as it was. */
@Singleton
public class UpstreamWriter {

    private final ProjectStore projects;
    private final Upstreams upstreams;

    UpstreamWriter(ProjectStore projects, Upstreams upstreams) {
        this.projects = projects;
        this.upstreams = upstreams;
    }

    /**
     * Creates a project from what the upstream has, if anything, and pushes its first content there.
     *
     * @param content writes the first content
     * @throws ApiException 400, when the upstream cannot be used or there is such a project already
     */
    public void create(String project, Upstream upstream, Consumer<Draft> content) {
        Remote remote = upstreams.remote(upstream);
        projects.create(project, remote, repository -> {
            Remote.Branches there = cloned(repository, remote);
            upstreams.save(project, upstream);
            try {
                repository.write(draft -> {
                    startMaster(draft, there);
                    content.accept(draft);
                    return null;
                });
            } catch (RuntimeException e) {
                upstreams.forget(project);
                throw e;
            }
        });
    }

    /** Creates a project that is here alone. */
    public void createWithout(String project, Consumer<Draft> content) {
        projects.create(project, null, repository -> {
            forget(project); // what an interrupted creation may have left
            repository.write(draft -> {
                content.accept(draft);
                return null;
            });
        });
    }

    /**
     * Gives a project another upstream, or another user of the same.
     *
     * @throws ApiException 400, when the upstream cannot be used or has another history; the former one then stays
     */
    public void replace(GitProject project, Upstream upstream) {
        try {
            project.offer(upstreams.remote(upstream), () -> upstreams.save(project.name(), upstream));
        } catch (ApiException e) {
            throw new ApiException(
                    e.status(),
                    "failed to set upstream: " + e.getMessage() + "\nKeptn requires an uninitialized repo",
                    e);
        }
    }

    /** The upstream itself stays as it is. */
    public void forget(String project) {
        upstreams.forget(project);
    }

    private static Remote.Branches cloned(GitProject repository, Remote remote) {
        try {
            return repository.sync(remote);
        } catch (ApiException e) {
            throw new ApiException(e.status(), "Could not clone git repository: " + e.getMessage(), e);
        }
    }

    /** Project files are in master, also where the upstream has another default branch. */
    private static void startMaster(Draft draft, Remote.Branches there) {
        if (!there.heads().containsKey(Names.MASTER) && there.heads().containsKey(there.defaultBranch())) {
            draft.startFrom(Names.MASTER, there.heads().get(there.defaultBranch()));
        }
    }
}
