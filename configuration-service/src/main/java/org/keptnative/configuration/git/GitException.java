package org.keptnative.configuration.git;

/** What the Git layer refuses or cannot do. It knows no HTTP: which status a reason becomes stands in {@code error}. */
public class GitException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Whose fault it is, and whether trying again helps. */
    public enum Reason {
        /** The request can never be carried out as it is. */
        INVALID,
        NOT_FOUND,
        /** There is something of that name already. */
        EXISTS,
        /** Too many wait, or the answer took too long: try again later. */
        BUSY,
        /** Something that the service itself needs does not answer. */
        UNAVAILABLE,
        /** The upstream takes very long to answer, if it does at all: trying again soon is of no use. */
        UPSTREAM_SILENT,
        /** The upstream cannot be used: no connection, no such repository, wrong credentials. */
        UPSTREAM_UNREACHABLE,
        /** The upstream was asked and refuses what it was sent. */
        UPSTREAM_DECLINED,
        /** What the upstream has is no continuation of what is here, and a person has to decide. */
        UPSTREAM_DIVERGED
    }

    private final Reason reason;

    public GitException(Reason reason, String message) {
        this(reason, message, null);
    }

    public GitException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public static GitException invalid(String message) {
        return new GitException(Reason.INVALID, message);
    }

    public static GitException notFound(String message) {
        return new GitException(Reason.NOT_FOUND, message);
    }

    public static GitException busy(String message) {
        return new GitException(Reason.BUSY, message);
    }
}
