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
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;
import org.keptnative.configuration.git.Names;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A Git server, spoken to over HTTP. The token goes into the request header alone, never into a URL. */
final class GitRemote implements Remote {

    /** Servers that know the protocol's version 2 are asked for nothing else. */
    private static final List<RefSpec> BRANCHES = List.of(new RefSpec("refs/heads/*:refs/heads/*"));

    private static final String NO_STATUS = "-1 null";

    /** What one call asks are several exchanges. For so many, each as slow as it may be, the time is enough. */
    private static final int ANSWERS = 2;

    private final Upstream upstream;
    private final UpstreamConnections connections;
    private final int timeoutSeconds;

    GitRemote(Upstream upstream, UpstreamConnections connections, int timeoutSeconds) {
        this.upstream = upstream;
        this.connections = connections;
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public Branches fetch(Repository repository, Function<Branches, Set<String>> wanted) {
        return ask("Could not fetch from the Git upstream: ", limit -> fetch(repository, wanted, limit));
    }

    private Branches fetch(Repository repository, Function<Branches, Set<String>> wanted, TimeLimit limit)
            throws IOException {
        try (Transport transport = open(repository, limit);
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
        }
    }

    @Override
    public boolean push(Repository repository, List<ReceiveCommand> changes) {
        List<ReceiveCommand> ordered = new ArrayList<>(changes);
        ordered.sort(Comparator.comparing(change -> !change.getRefName().equals(Constants.R_HEADS + Names.MASTER)));
        return ask("Could not commit changes: ", limit -> pushTogether(repository, ordered, limit))
                .orElseGet(() -> ordered.stream().allMatch(change -> push(repository, List.of(change))));
    }

    /** @return nothing when the server can only move one branch at a time */
    private Optional<Boolean> pushTogether(Repository repository, List<ReceiveCommand> changes, TimeLimit limit)
            throws IOException {
        try (Transport transport = open(repository, limit)) {
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
            return Optional.of(new PushVerdict(result, this::masked).accepted());
        } catch (TransportException e) {
            if (String.valueOf(e.getMessage()).contains(JGitText.get().atomicPushNotSupported)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(TimeLimit limit) throws IOException;
    }

    private <T> T ask(String what, Question<T> question) {
        try (TimeLimit limit = new TimeLimit(Duration.ofSeconds(ANSWERS * (long) timeoutSeconds))) {
            try {
                return question.ask(limit);
            } catch (IOException e) {
                throw new GitException(Reason.UPSTREAM_UNREACHABLE, masked(what + reason(e, limit)), e);
            }
        }
    }

    private Transport open(Repository repository, TimeLimit limit) throws NotSupportedException, TransportException {
        try {
            Transport transport = Transport.open(repository, new URIish(upstream.remoteURI()));
            transport.setTimeout(timeoutSeconds);
            transport.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider(upstream.user(), upstream.token()));
            ((TransportHttp) transport).setHttpConnectionFactory(connections.within(limit));
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

    /** JGit has no words for an answer without a status, and wrong ones for how long it has waited. */
    private String reason(IOException cause, TimeLimit limit) {
        if (limit.isOver()) {
            return "the Git server takes too long";
        }
        if (Stream.<Throwable>iterate(cause, Objects::nonNull, Throwable::getCause)
                .anyMatch(InterruptedIOException.class::isInstance)) {
            return "the Git server does not answer within " + timeoutSeconds + " s";
        }
        String message = String.valueOf(cause.getMessage());
        return CertificateProblem.of(cause)
                .orElseGet(() -> message.endsWith(NO_STATUS)
                        ? message.substring(0, message.length() - NO_STATUS.length())
                                + "what answers there does not speak HTTP"
                        : message);
    }

    /** Servers may quote what they were sent. */
    private String masked(String text) {
        return upstream.token().isEmpty() ? text : text.replace(upstream.token(), "********");
    }
}
