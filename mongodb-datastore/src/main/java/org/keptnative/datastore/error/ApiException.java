package org.keptnative.datastore.error;

import java.util.List;

/** A failure with the HTTP status that tells a client whose fault it is; thrown by logic that knows no HTTP server. */
public class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient List<String> unconfirmed;

    public ApiException(int status, String message) {
        this(status, message, null);
    }

    /** @param unconfirmed see {@link ApiError#unconfirmed} */
    public ApiException(int status, String message, List<String> unconfirmed) {
        super(message);
        this.status = status;
        this.unconfirmed = unconfirmed;
    }

    public int status() {
        return status;
    }

    List<String> unconfirmed() {
        return unconfirmed;
    }

    public static ApiException badRequest(String message) {
        return new ApiException(400, message);
    }

    public static ApiException notFound(String message) {
        return new ApiException(404, message);
    }
}
