package org.keptnative.configuration.upstream;

import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.Names;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A Git server, spoken to over HTTP. The token goes into the request header alone, never into a URL. */
final class GitRemote implements Remote {

    /** Servers that know the protocol's version 2 are asked for nothing else. */
    private static final List<RefSpec> BRANCHES = List.of(new RefSpec("refs/heads/*:refs/heads/*"));

    private static final String NO_STATUS = "-1 null";

    private final Upstream upstream;
    private final HttpConnectionFactory connections;
    private final int timeoutSeconds;

    GitRemote(Upstream upstream, HttpConnectionFactory connections, int timeoutSeconds) {
        this.upstream = upstream;
        this.connections = connections;
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public Branches fetch(Repository repository, Function<Branches, Set<String>> wanted) {
        try (Transport transport = open(repository);
                FetchConnection connection = transport.openFetch(BRANCHES, Constants.HEAD)) {
            Map<String, ObjectId> heads = new HashMap<>();
            for (Ref ref : connection.getRefs()) {
                if (ref.getName().startsWith(Constants.R_HEADS)) {
                    heads.put(ref.getName().substring(Constants.R_HEADS.length()), ref.getObjectId());
                }
            }
            Branches branches = new Branches(heads, defaultBranch(connection));
            List<Ref> missing = new ArrayList<>();
            for (String branch : wanted.apply(branches)) {
                ObjectId head = heads.get(branch);
                if (head != null && !repository.getObjectDatabase().has(head)) {
                    missing.add(connection.getRef(Constants.R_HEADS + branch));
                }
            }
            if (!missing.isEmpty()) {
                connection.fetch(NullProgressMonitor.INSTANCE, missing, Set.of());
            }
            return branches;
        } catch (IOException e) {
            throw unreachable("Could not fetch from the Git upstream: ", e);
        }
    }

    @Override
    public boolean push(Repository repository, List<ReceiveCommand> changes) {
        List<ReceiveCommand> ordered = new ArrayList<>(changes);
        ordered.sort(Comparator.comparing(change -> !change.getRefName().equals(Constants.R_HEADS + Names.MASTER)));
        try {
            return pushTogether(repository, ordered);
        } catch (TransportException e) {
            if (!String.valueOf(e.getMessage()).contains(JGitText.get().atomicPushNotSupported)) {
                throw unreachable("Could not commit changes: ", e);
            }
        } catch (IOException e) {
            throw unreachable("Could not commit changes: ", e);
        }
        return ordered.stream().allMatch(change -> push(repository, List.of(change)));
    }

    private boolean pushTogether(Repository repository, List<ReceiveCommand> changes) throws IOException {
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
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, updates);
            return new PushVerdict(result, this::masked).accepted();
        }
    }

    private Transport open(Repository repository) throws NotSupportedException, TransportException {
        try {
            Transport transport = Transport.open(repository, new URIish(upstream.remoteURI()));
            transport.setTimeout(timeoutSeconds);
            transport.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider(upstream.user(), upstream.token()));
            ((TransportHttp) transport).setHttpConnectionFactory(connections);
            return transport;
        } catch (URISyntaxException e) {
            throw new NotSupportedException(upstream.remoteURI(), e);
        }
    }

    private static String defaultBranch(FetchConnection connection) {
        Ref head = connection.getRef(Constants.HEAD);
        return head != null && head.isSymbolic() && head.getTarget().getName().startsWith(Constants.R_HEADS)
                ? head.getTarget().getName().substring(Constants.R_HEADS.length())
                : null;
    }

    private GitException unreachable(String what, IOException cause) {
        return new GitException(
                Reason.UPSTREAM_UNREACHABLE,
                masked(what + CertificateProblem.of(cause).orElseGet(() -> reason(cause))),
                cause);
    }

    /** JGit has no words for an answer without a status. */
    private static String reason(IOException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.endsWith(NO_STATUS)
                ? message.substring(0, message.length() - NO_STATUS.length()) + "what answers there does not speak HTTP"
                : message;
    }

    /** Servers may quote what they were sent. */
    private String masked(String text) {
        return upstream.token().isEmpty() ? text : text.replace(upstream.token(), "********");
    }
}
