package org.keptnative.configuration.upstream;

import jakarta.inject.Singleton;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.Publications;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gives projects an upstream. What fails leaves everything as it was. */
@Singleton
public class UpstreamWriter {

    private static final Logger LOG = Logger.getLogger(UpstreamWriter.class);
    private static final int MAX_ATTEMPTS = 5;

    private final Upstreams upstreams;
    private final Credentials credentials;

    UpstreamWriter(Upstreams upstreams, Credentials credentials) {
        this.upstreams = upstreams;
        this.credentials = credentials;
    }

    /** How a project that is being created is published. */
    public Publications publications(Optional<Upstream> upstream) {
        return upstream.<Publications>map(given -> project -> {
                    UpstreamRef ref = UpstreamRef.of(project);
                    Remote remote = upstreams.remote(given);
                    return new UpstreamPublication(
                            project,
                            ref,
                            remote,
                            () -> new UpstreamBranches(project, ref, remote).follow(false),
                            () -> () -> {});
                })
                .orElse(Publications.LOCAL);
    }

    /**
     * Fills a project that is being created, with what the upstream has, if anything, and with its first content. Its
     * credentials are there before it has its name.
     *
     * @throws GitException when the upstream cannot be used
     */
    public void fill(GitProject project, Optional<Upstream> upstream, Consumer<Draft> content) {
        upstream.ifPresent(given -> credentials.requireUsable(project.name()));
        try {
            UpstreamRef.Change change = UpstreamRef.of(project).replacedBy(upstream.orElse(null));
            project.publish(change.batch());
            Remote.Branches there =
                    upstream.isPresent() ? copy(project, upstream.get()) : new Remote.Branches(Map.of(), null);
            project.write(draft -> {
                startMaster(draft, there);
                content.accept(draft);
                return null;
            });
            upstream.ifPresent(given -> credentials.save(project.name(), change.ref(), given));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives a project another upstream, or another user of the same.
     *
     * @throws GitException when the upstream cannot be used, takes too long or has another history; the former one then
     *     stays, and so does what the other one has taken, with which a repetition goes on
     */
    public void replace(GitProject project, Upstream upstream) {
        try (TimeLimit limit = upstreams.limit()) {
            Remote remote = upstreams.remote(upstream).within(limit);
            UpstreamRef former = credentials.ref(project);
            Long created = project.created();
            for (int attempt = 1; ; attempt++) {
                Map<String, ObjectId> offered = new UpstreamBranches(project, former, remote).offer(false);
                if (switchTo(project, former, upstream, offered)) {
                    upstreams.forget(project.name());
                    return;
                }
                if (attempt == MAX_ATTEMPTS) {
                    throw GitException.busy("others keep changing the project; the former upstream stays");
                }
                former = credentials.ref(project);
                if (!Objects.equals(created, project.created())) {
                    throw GitException.invalid("the project was deleted meanwhile, and another one has its name");
                }
            }
        } catch (GitException e) {
            throw new GitException(
                    e.reason(),
                    "failed to set upstream: " + e.getMessage() + "\nKeptn requires an uninitialized repo",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Decides what becomes of branches that are not followed.
     *
     * @param keepUpstream whether the state of the upstream counts, or that of the project; the other one is kept under
     *     a backup ref
     */
    public void reconcile(GitProject project, boolean keepUpstream) {
        UpstreamRef ref = upstreams.required(project);
        try (TimeLimit limit = upstreams.limit()) {
            UpstreamBranches branches = new UpstreamBranches(
                    project, ref, upstreams.remote(project, ref).within(limit));
            if (!keepUpstream) {
                branches.offer(true);
            }
            Map<String, String> diverged =
                    upstreams.record(project, branches.follow(keepUpstream)).diverged();
            if (!diverged.isEmpty()) {
                throw GitException.invalid(String.join("; ", diverged.values()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives a project that is being imported the upstream that it had, without asking it.
     *
     * @param upstream null for none; without a token, it cannot be used before it is set again
     */
    public void adopt(GitProject project, Upstream upstream) {
        try {
            UpstreamRef.Change change = UpstreamRef.of(project).replacedBy(upstream);
            project.publish(change.batch());
            if (upstream != null && !upstream.token().isEmpty()) {
                credentials.save(project.name(), change.ref(), upstream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The upstream of a project, without its token. */
    public Optional<Upstream> named(GitProject project) {
        UpstreamRef ref = credentials.ref(project);
        return ref.isNone() ? Optional.empty() : Optional.of(new Upstream(ref.user(), "", ref.remoteURI()));
    }

    /** With its token, as far as there is one. */
    public Optional<Upstream> withToken(GitProject project) {
        UpstreamRef ref = credentials.ref(project);
        return ref.isNone() ? Optional.empty() : credentials.find(project.name(), ref);
    }

    /**
     * Deletes a project with all that belongs to it.
     *
     * @param deletion tells where the refs were in the end, since another replica may have set an upstream meanwhile
     */
    public void delete(GitProject project, Supplier<Map<String, ObjectId>> deletion) {
        ObjectId forgotten = forget(project);
        ObjectId last = deletion.get().get(UpstreamRef.NAME);
        if (last != null && !last.equals(forgotten)) {
            credentials.forget(project.name(), last);
        }
    }

    /**
     * Before the project goes, since it says which credentials are its own. The upstream itself stays as it is.
     *
     * @return what said so; null when it cannot be found out
     */
    public ObjectId forget(GitProject project) {
        upstreams.forget(project.name());
        try {
            UpstreamRef ref = credentials.ref(project);
            credentials.forget(project.name(), ref);
            return ref.id();
        } catch (GitException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            } // somebody else deletes it at the same time
        } catch (UncheckedIOException e) {
            LOG.warnf(e, "event=upstream-unknown project=%s; its credentials stay, if there are any", project.name());
        }
        return null;
    }

    /** @return false when a branch has moved since it was offered, so that the upstream has not all there is */
    private boolean switchTo(GitProject project, UpstreamRef former, Upstream upstream, Map<String, ObjectId> offered)
            throws IOException {
        UpstreamRef.Change change = former.replacedBy(upstream);
        Batch batch = change.batch();
        for (Map.Entry<String, ObjectId> head : offered.entrySet()) {
            batch = batch.provided(
                    new ReceiveCommand(head.getValue(), head.getValue(), Constants.R_HEADS + head.getKey()));
        }
        credentials.save(project.name(), change.ref(), upstream);
        boolean done;
        try {
            done = project.publish(batch);
        } catch (GitException e) { // it is certain that it was not done
            credentials.forget(project.name(), change.ref());
            throw e;
        }
        credentials.forget(project.name(), done ? former : change.ref());
        return done;
    }

    private Remote.Branches copy(GitProject project, Upstream upstream) throws IOException {
        try (TimeLimit limit = upstreams.limit()) {
            Remote remote = upstreams.remote(upstream).within(limit);
            return new UpstreamBranches(project, UpstreamRef.of(project), remote).copy();
        } catch (GitException e) {
            throw new GitException(e.reason(), "Could not clone git repository: " + e.getMessage(), e);
        }
    }

    /** Project files are in master, also where the upstream has another default branch. */
    private static void startMaster(Draft draft, Remote.Branches there) {
        if (!there.heads().containsKey(Names.MASTER) && there.master() != null) {
            draft.startFrom(Names.MASTER, there.master());
        }
    }
}
