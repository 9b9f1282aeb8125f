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
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
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

    private static final String NOT_COMMITTED = "Could not commit changes: ";

    private static final String NO_STATUS = "-1 null";

    private final Upstream upstream;
    private final UpstreamConnections connections;
    private final int timeoutSeconds;
    private final TimeLimit shared;
    private final Masking masking;

    GitRemote(Upstream upstream, UpstreamConnections connections, int timeoutSeconds) {
        this(upstream, connections, timeoutSeconds, null);
    }

    /** @param shared null for a limit of its own for each call */
    private GitRemote(Upstream upstream, UpstreamConnections connections, int timeoutSeconds, TimeLimit shared) {
        this.upstream = upstream;
        this.connections = connections;
        this.timeoutSeconds = timeoutSeconds;
        this.shared = shared;
        this.masking = new Masking(upstream.token());
    }

    @Override
    public Remote within(TimeLimit limit) {
        return new GitRemote(upstream, connections, timeoutSeconds, limit);
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
        return ask(NOT_COMMITTED, limit -> pushTogether(repository, ordered, limit))
                .orElseGet(() -> ordered.stream().allMatch(change -> push(repository, List.of(change))));
    }

    /** @return nothing when the server can only move one branch at a time */
    private Optional<Boolean> pushTogether(Repository repository, List<ReceiveCommand> changes, TimeLimit limit)
            throws IOException {
        List<RemoteRefUpdate> updates = new ArrayList<>();
        try (Transport transport = open(repository, limit)) {
            transport.setPushAtomic(changes.size() > 1);
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
            return Optional.of(new PushVerdict(result, masking).accepted());
        } catch (TransportException e) {
            if (String.valueOf(e.getMessage()).contains(JGitText.get().atomicPushNotSupported)) {
                return Optional.empty();
            }
            if (updates.stream().anyMatch(update -> update.getStatus() == Status.AWAITING_REPORT)) {
                return Optional.of(hasTaken(repository, changes, limit, e));
            }
            throw e;
        }
    }

    /** What became of a push that was sent and not answered: as far as it can be seen, nothing is left to guessing. */
    private boolean hasTaken(
            Repository repository, List<ReceiveCommand> changes, TimeLimit limit, TransportException failure)
            throws TransportException {
        Map<String, ObjectId> heads = limit.isOver() ? null : headsIfAny(repository, limit);
        if (isAt(heads, changes, ReceiveCommand::getNewId)) {
            return true;
        }
        if (isAt(heads, changes, ReceiveCommand::getOldId)) {
            throw failure;
        }
        throw GitException.busy(NOT_COMMITTED + reason(failure, limit)
                + "; the upstream does not say whether it has taken the changes, so they may have been made");
    }

    /** @return null when they cannot be seen */
    private Map<String, ObjectId> headsIfAny(Repository repository, TimeLimit limit) {
        try {
            return fetch(repository, any -> Set.of(), limit).heads();
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isAt(
            Map<String, ObjectId> heads, List<ReceiveCommand> changes, Function<ReceiveCommand, ObjectId> expected) {
        return heads != null
                && changes.stream()
                        .allMatch(change -> change.getRefName().startsWith(Constants.R_HEADS)
                                && expected.apply(change)
                                        .equals(heads.getOrDefault(
                                                change.getRefName().substring(Constants.R_HEADS.length()),
                                                ObjectId.zeroId())));
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(TimeLimit limit) throws IOException;
    }

    private <T> T ask(String what, Question<T> question) {
        if (shared != null) {
            return ask(what, question, shared);
        }
        try (TimeLimit limit = new TimeLimit(timeoutSeconds)) {
            return ask(what, question, limit);
        }
    }

    private <T> T ask(String what, Question<T> question, TimeLimit limit) {
        try {
            return question.ask(limit);
        } catch (IOException e) {
            throw new GitException(Reason.UPSTREAM_UNREACHABLE, what + reason(e, limit), e);
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
                .orElseGet(() -> masking.of(
                        message.endsWith(NO_STATUS)
                                ? message.substring(0, message.length() - NO_STATUS.length())
                                        + "what answers there does not speak HTTP"
                                : message));
    }
}
