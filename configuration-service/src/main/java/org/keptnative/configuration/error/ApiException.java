package org.keptnative.configuration.error;

/** A failure with the HTTP status that tells a client whose fault it is; thrown by logic that knows no HTTP server. */
public class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    public ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    public ApiException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public static ApiException badRequest(String message) {
        return new ApiException(400, message);
    }

    public static ApiException notFound(String message) {
        return new ApiException(404, message);
    }
}
