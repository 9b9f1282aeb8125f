package org.keptnative.api.error;

import java.io.IOException;

/** Thrown while a body is read; no {@link ApiException}, which a parser would take for a failure of its own. */
public class BodyRefused extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    /** @param status 413, when it can never be taken in, or 503, when it cannot be now */
    public BodyRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
