package org.keptnative.configuration.upstream;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;

import java.util.List;
import java.util.regex.Pattern;

/** What a server says to a push. */
final class PushVerdict {

    /** So many characters of the server's own words are passed on. */
    private static final int MAX_WORDS = 1000;

    /** What servers say when another writer came between the advertisement and the push. */
    private static final Pattern RACE_LOST =
            Pattern.compile("cannot lock ref|failed to (lock|update ref)|fetch first|reference already exists|"
                    // … and of branches that are refused only because another one is
                    + "atomic (transaction|push)|transaction aborted");

    private final PushResult result;
    private final Masking masking;

    /** @param masking hides what is secret */
    PushVerdict(PushResult result, Masking masking) {
        this.result = result;
        this.masking = masking;
    }

    /**
     * @return false when somebody else was faster
     * @throws GitException when the server declines
     */
    boolean accepted() {
        List<RemoteRefUpdate> refused = result.getRemoteUpdates().stream()
                .filter(update -> update.getStatus() != Status.OK && update.getStatus() != Status.UP_TO_DATE)
                .toList();
        refused.forEach(this::checkExclusion);
        refused.stream().filter(PushVerdict::isDeclined).findFirst().ifPresent(update -> {
            throw declined(update);
        });
        return refused.isEmpty();
    }

    /** Unless another writer was faster, or only another branch is to blame. */
    private static boolean isDeclined(RemoteRefUpdate update) {
        return switch (update.getStatus()) {
            case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD, NON_EXISTING -> false;
            default -> !RACE_LOST.matcher(reason(update)).find();
        };
    }

    /** A file system holds no file beside a folder of the same name, and no more do most Git servers. */
    private void checkExclusion(RemoteRefUpdate update) {
        String name = update.getRemoteName();
        result.getAdvertisedRefs().stream()
                .map(ref -> ref.getName())
                .filter(other -> other.startsWith(name + "/") || name.startsWith(other + "/"))
                .filter(other -> other.startsWith(Constants.R_HEADS))
                .findFirst()
                .ifPresent(other -> {
                    throw GitException.invalid("the upstream has a branch " + Repository.shortenRefName(other)
                            + ", beside which there can be no branch " + Repository.shortenRefName(name));
                });
    }

    private GitException declined(RemoteRefUpdate update) {
        String words = masking.of(result.getMessages().strip());
        return new GitException(
                Reason.UPSTREAM_DECLINED,
                "Could not commit changes: " + update.getRemoteName() + " is refused: "
                        + masking.of(reason(update))
                        + (words.isEmpty()
                                ? ""
                                : "; the upstream says: " + words.substring(0, Math.min(MAX_WORDS, words.length()))));
    }

    private static String reason(RemoteRefUpdate update) {
        return String.valueOf(update.getMessage());
    }
}
