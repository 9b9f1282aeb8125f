package org.keptnative.configuration.upstream;

import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.Remote;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Git server, spoken to over HTTP. The token goes into the request header alone, never into a URL. */
final class GitRemote implements Remote {

    private static final List<RefSpec> ALL_BRANCHES = List.of(new RefSpec("+refs/heads/*:refs/remotes/origin/*"));

    /** What servers say when another writer came between the advertisement and the push. */
    private static final List<String> RACE_LOST = List.of("lock", "atomic", "fetch first", "failed to update ref");

    private final Upstream upstream;
    private final int timeoutSeconds;

    GitRemote(Upstream upstream, int timeoutSeconds) {
        this.upstream = upstream;
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public Branches fetch(Repository repository) {
        try (Transport transport = open(repository)) {
            transport.setRemoveDeletedRefs(true);
            FetchResult result = transport.fetch(NullProgressMonitor.INSTANCE, ALL_BRANCHES);
            Map<String, ObjectId> heads = new HashMap<>();
            for (Ref ref : result.getAdvertisedRefs()) {
                if (ref.getName().startsWith(Constants.R_HEADS)) {
                    heads.put(ref.getName().substring(Constants.R_HEADS.length()), ref.getObjectId());
                }
            }
            return new Branches(heads, defaultBranch(result));
        } catch (IOException e) {
            throw failure("Could not fetch from the Git upstream: ", e.getMessage(), e);
        }
    }

    @Override
    public boolean push(Repository repository, List<ReceiveCommand> changes) {
        try (Transport transport = open(repository)) {
            transport.setPushAtomic(changes.size() > 1);
            List<RemoteRefUpdate> updates = new ArrayList<>();
            for (ReceiveCommand change : changes) {
                updates.add(new RemoteRefUpdate(
                        repository,
                        change.getNewId().name(),
                        change.getNewId(),
                        change.getRefName(),
                        true, // the expected commit decides, not whether it is an ancestor
                        null,
                        change.getOldId()));
            }
            return accepted(transport.push(NullProgressMonitor.INSTANCE, updates));
        } catch (IOException e) {
            throw failure("Could not commit changes: ", e.getMessage(), e);
        }
    }

    private boolean accepted(PushResult result) {
        boolean lost = false;
        for (RemoteRefUpdate update : result.getRemoteUpdates()) {
            switch (update.getStatus()) {
                case OK, UP_TO_DATE -> {}
                case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD, NON_EXISTING -> lost = true;
                default -> {
                    String reason = String.valueOf(update.getMessage());
                    if (RACE_LOST.stream().anyMatch(reason::contains)) {
                        lost = true;
                    } else {
                        throw failure(
                                "Could not commit changes: ", update.getRemoteName() + " is refused: " + reason, null);
                    }
                }
            }
        }
        return !lost;
    }

    private Transport open(Repository repository) throws NotSupportedException, TransportException {
        try {
            Transport transport = Transport.open(repository, new URIish(upstream.remoteURI()));
            transport.setTimeout(timeoutSeconds);
            transport.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider(upstream.user(), upstream.token()));
            return transport;
        } catch (URISyntaxException e) {
            throw new NotSupportedException(upstream.remoteURI(), e);
        }
    }

    private static String defaultBranch(FetchResult result) {
        Ref head = result.getAdvertisedRef(Constants.HEAD);
        return head != null && head.isSymbolic() && head.getTarget().getName().startsWith(Constants.R_HEADS)
                ? head.getTarget().getName().substring(Constants.R_HEADS.length())
                : null;
    }

    /** Servers may quote what they were sent. */
    private ApiException failure(String what, String reason, IOException cause) {
        return new ApiException(400, what + String.valueOf(reason).replace(upstream.token(), "********"), cause);
    }
}
