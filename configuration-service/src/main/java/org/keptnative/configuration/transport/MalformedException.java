package org.keptnative.configuration.transport;

import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.JGitText;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.ZipException;

/** What a client sent is no request of Git, or ends before it is whole. The message is a sentence for who sent it. */
final class MalformedException extends IOException {

    private static final long serialVersionUID = 1;

    MalformedException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }

    static MalformedException tooShort(Throwable cause) {
        return new MalformedException("the body ends before the request does", cause);
    }

    /** What JGit could not tell the client, who did not ask to be told. */
    static MalformedException untold(IOException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return noRequest(cause.getMessage(), failure);
    }

    /** @return nothing when it may be a failure of the service */
    static Optional<MalformedException> ofBody(Throwable failure) {
        if (failure instanceof MalformedException malformed) {
            return Optional.of(malformed);
        }
        if (failure instanceof UncheckedIOException) {
            return ofBody(failure.getCause());
        }
        if (failure instanceof EOFException) {
            return Optional.of(tooShort(failure));
        }
        if (failure instanceof ZipException) {
            return Optional.of(new MalformedException("the body is not compressed as it says", failure));
        }
        if (failure instanceof UnsupportedOperationException) {
            return Optional.of(new MalformedException(
                    "a depth relative to that of the clone is not known here; ask by --depth or --unshallow", failure));
        }
        return Optional.ofNullable(
                        isRefusalOf(JGitText.get().invalidPacketLineHeader, failure)
                                        || isRefusalOf(JGitText.get().expectedEOFReceived, failure)
                                ? failure.getMessage()
                                : surprise(failure))
                .map(reason -> noRequest(reason, failure));
    }

    /** The same for a failure before anything is sent: what is missing then is what was asked for. */
    static Optional<MalformedException> ofQuestion(Throwable failure) {
        return failure instanceof MissingObjectException || failure instanceof IncorrectObjectTypeException
                ? Optional.of(noRequest(failure.getMessage(), failure))
                : ofBody(failure);
    }

    /** @return nothing when it may be a failure of the service */
    static Optional<MalformedException> ofPack(RuntimeException failure) {
        return Optional.ofNullable(surprise(failure))
                .map(reason -> new MalformedException("the pack is corrupt: " + reason, failure));
    }

    private static MalformedException noRequest(String reason, Throwable cause) {
        return new MalformedException("the body is no request of Git: " + reason, cause);
    }

    /** JGit says by these that it was not prepared for what it reads. */
    private static String surprise(Throwable failure) {
        if (failure instanceof IndexOutOfBoundsException || failure instanceof NegativeArraySizeException) {
            return "a length in it is wrong";
        }
        if (failure instanceof ClassCastException) {
            return "an object is of another type than one that refers to it says";
        }
        return failure instanceof IllegalArgumentException ? failure.getMessage() : null;
    }

    private static boolean isRefusalOf(String pattern, Throwable failure) {
        return failure instanceof IOException
                && String.valueOf(failure.getMessage()).startsWith(pattern.split("['{]")[0]);
    }
}
