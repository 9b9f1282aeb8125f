package org.keptnative.configuration.error;

import java.io.IOException;

/** Thrown while a body is read; no {@link ApiException}, which a parser would take for a failure of its own. */
public class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1;

    public BodyTooLarge(long limit) {
        super("the request body has more than " + limit + " bytes");
    }
}
